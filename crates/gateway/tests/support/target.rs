//! What holds of any address, for the fuzzer and for the tests of what it found.

use ludgate_gateway::Target;

/// A normal form is normal already, and hides nothing.
pub(crate) fn is_normal(input: &str) {
    let listed: [Box<str>; 2] = ["page".into(), "id".into()];
    let (path, query) = match input.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (input, None),
    };
    let Ok(target) = Target::new(path, query, &listed) else {
        return;
    };
    let again = Target::new(target.path(), target.query(), &listed).expect("a normal form");
    assert_eq!(again.path(), target.path(), "{input}");
    assert_eq!(again.query(), target.query(), "{input}");
    let mut segments = target.path().split('/');
    assert!(
        segments.all(|segment| segment != "." && segment != ".."),
        "{input}"
    );
    assert!(
        target.path().bytes().all(|byte| byte.is_ascii_graphic()),
        "{input}"
    );
}
