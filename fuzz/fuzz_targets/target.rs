//! Any text as the address of a request: its normal form is normal already,
//! and hides nothing.
#![no_main]

use gateway::Target;

libfuzzer_sys::fuzz_target!(|input: &str| {
    let listed: [Box<str>; 2] = ["page".into(), "id".into()];
    let (path, query) = match input.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (input, None),
    };
    let Ok(target) = Target::new(path, query, &listed) else {
        return;
    };
    let again = Target::new(target.path(), target.query(), &listed).expect("a normal form");
    assert_eq!(again.path(), target.path());
    assert_eq!(again.query(), target.query());
    let mut segments = target.path().split('/');
    assert!(segments.all(|segment| segment != "." && segment != ".."));
    assert!(target.path().bytes().all(|byte| byte.is_ascii_graphic()));
});
