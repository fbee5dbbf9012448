//! The file that a fulfilment house gets: one line for a copy, or for several that
//! go to one address. Its columns are a promise, in `docs/guides/print.md`.

use commerce::address::PostalAddress;
use store::delivery::Line;

/// The first line.
pub(super) const HEAD: &str = "delivery,subscriber,name,address_1,address_2,address_3,address_4,\
     postcode,city,region,country,product,copies,note\r\n";

/// By which rules cells are written. Whoever writes one otherwise than before, here or
/// where an address is read, counts on: what was exported by other rules is another
/// file when it is written again.
pub(super) const CELLS: u64 = 2;

/// How many lines an address has between name and town.
const ADDRESS_LINES: usize = 4;

/// Writes a line of it.
pub(super) fn write(to: &mut String, line: &Line, address: &PostalAddress) {
    let copies = line.copies.to_string();
    let note = line.until.map_or(String::new(), |last| {
        format!("temporary address until {last}")
    });
    let lines = address.lines.iter().map(String::as_str);
    let lines = lines.chain(std::iter::repeat("")).take(ADDRESS_LINES);
    cell(to, &line.subscription.to_string());
    to.push(',');
    cell(to, &line.account.to_string());
    to.push(',');
    cell(to, &address.name);
    for each in lines {
        to.push(',');
        cell(to, each);
    }
    let country = address.country.to_string();
    for each in [
        address.postcode.as_deref().unwrap_or_default(),
        &address.city,
        address.region.as_deref().unwrap_or_default(),
        &country,
        line.product.as_str(),
        &copies,
        &note,
    ] {
        to.push(',');
        cell(to, each);
    }
    to.push_str("\r\n");
}

/// What a cell is put in quotes for: what RFC 4180 names, and what else a reader of
/// such files may divide them at.
const QUOTED: [char; 6] = ['"', ',', ';', '\t', '\n', '\r'];

/// A cell, in quotes where it has to be. What a spreadsheet would calculate has an
/// apostrophe before it.
fn cell(to: &mut String, text: &str) {
    let text = exports::harmless(text);
    if !text.contains(QUOTED) {
        to.push_str(&text);
        return;
    }
    to.push('"');
    for (number, part) in text.split('"').enumerate() {
        if number > 0 {
            to.push_str("\"\"");
        }
        to.push_str(part);
    }
    to.push('"');
}

#[cfg(test)]
mod tests {
    use access::Country;
    use commerce::ids::{AccountId, AddressId, ProductId, SubscriptionId};

    use super::*;

    #[test]
    fn a_line_has_every_column_and_no_cell_is_a_formula() {
        let line = Line {
            subscription: SubscriptionId::new(1),
            account: AccountId::new(2),
            address: AddressId::new(3),
            product: ProductId::new("complete").expect("a product"),
            copies: 2,
            grace: false,
            until: "2026-12-23".parse().ok(),
        };
        let address = PostalAddress {
            name: "=HYPERLINK(\"https://evil.example\",\"Ines\")".to_owned(),
            lines: vec!["＋1, Ludgate Hill".to_owned(), "-2".to_owned()],
            city: "東京".to_owned(),
            region: Some("Foo;=1+1;x".to_owned()),
            postcode: Some("@100".to_owned()),
            country: Country::parse("JP").expect("a country"),
        };
        let mut text = String::new();
        write(&mut text, &line, &address);
        assert_eq!(
            text,
            "sub_00000000000000000000000000000001,acc_00000000000000000000000000000002,\
             \"'=HYPERLINK(\"\"https://evil.example\"\",\"\"Ines\"\")\",\"'＋1, Ludgate Hill\",\
             '-2,,,'@100,東京,\"Foo;'=1+1;x\",JP,complete,2,temporary address until 2026-12-23\r\n"
        );
        let columns = HEAD.trim_end().split(',').count();
        assert_eq!(columns, 14);
    }
}
