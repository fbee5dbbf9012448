//! Addresses: whatever a page takes for one, the mailer sends mail to.

use proptest::prelude::*;
use providers::mail::Address;
use store::MailAddress;

/// Something like an address, and now and then one.
fn typed() -> impl Strategy<Value = String> {
    let local = prop_oneof!["[a-z.+'_-]{1,12}", "\\PC{0,8}", "[a-zäöß\u{200b}]{1,4}"];
    let label = prop_oneof![
        "[a-z0-9-]{1,8}",
        "[a-zäöüßａ例え]{1,6}",
        "xn--[a-z0-9]{1,6}",
        "\\PC{0,4}"
    ];
    let domain = proptest::collection::vec(label, 1..4);
    (local, domain).prop_map(|(local, domain)| format!("{local}@{}", domain.join(".")))
}

proptest! {
    #[test]
    fn what_pages_take_the_mailer_takes_as_it_stands(text in typed()) {
        if let Ok(taken) = MailAddress::new(&text) {
            let sent: Result<Address, _> = taken.as_str().parse();
            let sent = sent.map(|address| address.to_string());
            prop_assert_eq!(sent.as_deref(), Ok(taken.as_str()), "{:?}", text);
        }
    }
}
