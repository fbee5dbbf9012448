//! Files that make no sense: refused as a whole, or row by row, with the line.

use std::fmt::Write as _;
use std::io::Read as _;

use jiff::tz::TimeZone;
use ludgate_import::{Format, Rows};

use super::rows;

/// The first complaint about a file.
fn refused(format: Format, text: impl AsRef<[u8]>) -> String {
    rows(format, text).expect_err("refused")
}

/// Complaints about rows.
fn complaints(text: &str) -> Vec<String> {
    let rows = rows(Format::Ludgate, text).expect("a file");
    let wrong = rows.into_iter().filter_map(|row| row.subscriber.err());
    wrong.map(|error| error.to_string()).collect()
}

#[test]
fn a_file_that_is_none_is_refused_with_what_to_do() {
    let cases: [(Format, &[u8], &str); 15] = [
        (Format::Ludgate, b"", "the file is empty"),
        (Format::Ludgate, b"\n\n\n", "the file is empty"),
        (Format::Ludgate, b"\xff\xfee\0m\0", "UTF-16"),
        (Format::Ludgate, b"\xfe\xff\0e\0m", "UTF-16"),
        (Format::Ludgate, b"e\0m\0a\0i\0l\0", "isn't text"),
        (
            Format::Ludgate,
            b"PK\x03\x04\x14",
            "spreadsheet or an archive",
        ),
        (
            Format::Ludgate,
            b"\x1f\x8b\x08",
            "spreadsheet or an archive",
        ),
        (Format::Ludgate, b"\x89PNG\r\n\x1a\n\0", "isn't text"),
        (Format::Ludgate, b"name\nAnna\n", "\"email\" are missing"),
        (Format::Ghost, b"id;email;name\n", "not semicolons"),
        (Format::Ghost, b"id\temail\tname\n", "not tabs"),
        (
            Format::Ludgate,
            b"email,Email\na@b.de,a@b.de\n",
            "is there twice",
        ),
        (
            Format::Ludgate,
            b"email,nmae\na@b.de,Anna\n",
            "\"nmae\" isn't known",
        ),
        (
            Format::Ludgate,
            b"name,email\nAnna,a@example.com\nBen,\xe4@example.com\n",
            "line 3, email: it isn't UTF-8",
        ),
        (Format::Ludgate, b"email,\x1b[2J\n", "\"\\u{1b}[2j\" isn't"),
    ];
    for (format, text, expected) in cases {
        let found = refused(format, text);
        assert!(found.contains(expected), "{found}");
    }
    // Another system's file isn't taken for this one's.
    let ghost = "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id\n";
    assert!(refused(Format::LeakyPaywall, ghost).contains("\"level\""));
}

#[test]
fn a_row_that_makes_no_sense_is_named_by_its_line_and_the_others_are_read() {
    let text = "email,has,level,paid_until,renews,created\n\
                anna@example.com,,,,,\n\
                nobody,,,,,\n\
                ,,,,,2024-01-01\n\
                \n\
                b@example.com,rich,,,,\n\
                c@example.com,paid,,2027-01-31,,\n\
                d@example.com,paid,gold,,,\n\
                e@example.com,paid,gold,31/01/2027,,\n\
                f@example.com,paid,gold,2027-02-30,,\n\
                g@example.com,paid,gold,2027-01-31,perhaps,\n\
                h@example.com,paid\n\
                Anna@Example.com,,,,,\n\
                \"i@example.com\n,\",,,,,\n\
                z@example.com,,,,,\n\
                k@example.com,,gold,2027-01-31,,\n\
                l@example.com,,,\u{1b}[2J,,\n\
                m@example.com,,,,,2023-02-29\n\
                n@example.com,,,,,2027-03-28 02:30:00\n";
    let said = complaints(text);
    let expected = [
        "line 3, email: a mail address has a name",
        "line 4, email: there is nothing in it",
        "line 6, has: \"rich\" isn't one of account",
        "line 7, level: there is nothing in it",
        "line 8, paid_until: there is nothing in it",
        "line 9, paid_until: \"31/01/2027\" is no day",
        "line 10, paid_until: \"2027-02-30\" is no day",
        "line 11, renews: \"perhaps\" is neither",
        "line 12: 2 cells in 6 columns",
        "line 13, email: the same as in line 2",
        "line 14, email: what is behind the @ is no domain",
        "line 17, has: there is nothing in it",
        "line 18, paid_until: \"\\u{1b}[2J\" is no day",
        "line 19, created: \"2023-02-29\" is no day",
    ];
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (found, expected) in said.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found} / {expected}");
    }
}

#[test]
fn a_name_is_no_page_and_no_escape() {
    let long = format!("email,name\na@example.com,{}\n", "x".repeat(201));
    assert_eq!(
        complaints(&long),
        ["line 2, name: 201 characters are too many"]
    );
    let odd = "email,name\na@example.com,An\u{1b}[2Jna\n";
    assert_eq!(
        complaints(odd),
        ["line 2, name: it holds a control character"]
    );
    // HTML in a name is a name, and so is a spreadsheet's formula: whoever shows
    // it escapes it, and nothing here is a spreadsheet.
    let names = "email,name\na@example.com,<b>Anna</b>\nb@example.com,\"=HYPERLINK(\"\"x\"\")\"\n";
    let all = super::subscribers(Format::Ludgate, names);
    let names: Vec<_> = all.iter().map(|one| one.name.as_deref()).collect();
    assert_eq!(names, [Some("<b>Anna</b>"), Some("=HYPERLINK(\"x\")")]);
}

#[test]
fn languages_months_and_cards_are_what_they_look_like() {
    let text = "email,locale,has,level,paid_until,customer,payment_method,card_expires\n\
                a@example.com,de,,,,,,\n\
                b@example.com,pt-BR,,,,,,\n\
                c@example.com,../de,,,,,,\n\
                d@example.com,d,,,,,,\n\
                e@example.com,,paid,gold,2027-01-31,,pm_1,\n\
                f@example.com,,paid,gold,2027-01-31,cus_1,pm_1,2029-13\n\
                g@example.com,,paid,gold,2027-01-31,cus_1,,\n";
    let said = complaints(text);
    let expected = [
        "line 4, locale: \"../de\" is no language",
        "line 5, locale: \"d\" is no language",
        "line 6, customer: there is nothing in it",
        "line 7, card_expires: \"2029-13\" is no month",
    ];
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (found, expected) in said.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found} / {expected}");
    }
}

/// A row that never ends, of so many bytes.
struct Endless(u64);

impl std::io::Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = into
            .len()
            .min(usize::try_from(self.0).unwrap_or(usize::MAX));
        into[..read].fill(b'a');
        self.0 -= read as u64;
        Ok(read)
    }
}

#[test]
fn a_line_of_a_gigabyte_is_given_up_after_a_megabyte() {
    let gigabyte = Endless(1 << 30);
    let source = b"email,name\na@example.com,Anna\nb@example.com,".chain(gigabyte);
    let mut rows = Rows::open(source, None, TimeZone::UTC).expect("columns");
    assert!(rows.next_row().expect("a row").is_some());
    let said = rows.next_row().expect_err("endless").to_string();
    assert!(
        said.starts_with("the row that begins in line 3 is longer"),
        "{said}"
    );
    // No more was read than that.
    assert!(rows.bytes() < 2 << 20, "{}", rows.bytes());
}

#[test]
fn a_quotation_mark_that_is_left_open_is_found() {
    let mut text = String::from("email,name\na@example.com,\"Anna\n");
    for row in 0..2_000 {
        let _ = writeln!(text, "reader{row}@example.com,Somebody");
    }
    let said = complaints(&text);
    assert_eq!(said.len(), 1, "{said:?}");
    let found = said.first().expect("one");
    assert!(found.contains("characters are too many"), "{found}");
}

#[test]
fn a_cell_that_is_too_long_is_named_by_its_column() {
    let long = "x".repeat(20_001);
    let text = format!("email,name\na@example.com,Anna\nb@example.com,{long}\n");
    let said = complaints(&text);
    assert_eq!(said, ["line 3, name: 20001 characters are too many"]);
}

#[test]
fn nobody_is_there_twice_by_an_address_an_id_or_a_card() {
    let text = "email,id,has,level,paid_until,customer,payment_method\n\
                a@example.com,1,paid,gold,2027-01-31,cus_1,pm_1\n\
                A@EXAMPLE.com,2,,,,,\n\
                b@example.com,1,,,,,\n\
                c@example.com,3,paid,gold,2027-01-31,cus_1,pm_2\n\
                d@example.com,4,paid,gold,2027-01-31,cus_3,pm_1\n\
                email,id,has,level,paid_until,customer,payment_method\n\
                e@example.com,5,paid,gold,2027-01-31,cus_4,pm_4\n";
    let expected = [
        "line 3, email: the same as in line 2",
        "line 4, id: the same as in line 2",
        "line 5, customer: the same as in line 2",
        "line 6, payment_method: the same as in line 2",
        "line 7, email: a mail address has",
    ];
    let said = complaints(text);
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (found, expected) in said.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found} / {expected}");
    }
}

#[test]
fn a_nought_far_behind_the_beginning_is_a_control_character_in_its_row() {
    let mut text = String::from("email,name\n");
    for row in 0..1_000 {
        let _ = writeln!(text, "reader{row}@example.com,Somebody");
    }
    text.push_str("z@example.com,An\0na\n\0@example.com,Ben\n");
    let said = complaints(&text);
    let first = "line 1002, name: it holds a control character";
    assert_eq!(said.first().map(String::as_str), Some(first));
    let second = said.get(1).expect("two");
    assert!(second.starts_with("line 1003, email: "), "{second}");
}

#[test]
fn an_address_that_nothing_could_be_delivered_to_is_named_by_what_it_lacks() {
    let header = "email,name,country,post_name,post_street,post_street_2,post_city,post_code,\
                  post_region,post_country\n";
    let check = |row: &str, expected: Option<&str>| {
        let said = complaints(&format!("{header}a@example.com,{row}\n"));
        match (said.as_slice(), expected) {
            ([], None) => {}
            ([found], Some(expected)) => {
                assert!(
                    found.starts_with(&format!("line 2, {expected}")),
                    "{row}: {found}"
                );
            }
            _ => panic!("{row}: {said:?}"),
        }
    };
    check("Anna,DE,,Kanalstr. 1,,Berlin,10115,,", None);
    check("Anna,,,1 Hill,Flat 2,London,,,GB", None);
    // A country that is filled in from top to bottom is no address.
    check("Anna,,,,,,,,GB", None);
    check(
        ",DE,,Kanalstr. 1,,Berlin,,,",
        Some("post_name: there is nothing"),
    );
    check(
        "Anna,DE,,,,Berlin,,,",
        Some("post_street: there is nothing"),
    );
    check(
        "Anna,DE,,,Flat 2,Berlin,,,",
        Some("post_street: there is nothing"),
    );
    check(
        "Anna,DE,,Kanalstr. 1,,,10115,,",
        Some("post_city: there is nothing"),
    );
    check(
        "Anna,,,Kanalstr. 1,,Berlin,,,",
        Some("post_country: there is nothing"),
    );
    check(
        "Anna,,,Kanalstr. 1,,Berlin,,,Germany",
        Some("post_country: \"Germany\" is no country"),
    );
    check("Anna,Germany,,,,,,,", None);
    let long = "x".repeat(61);
    check(
        &format!("Anna,DE,,{long},,Berlin,,,"),
        Some("post_street: 61 characters"),
    );
    check(
        &format!("{long},DE,,Kanalstr. 1,,Berlin,,,"),
        Some("post_name: 61 characters"),
    );
    check(
        "Anna,DE,,\"Kanalstr.\n1\",,Berlin,,,",
        Some("post_street: it holds a control character"),
    );
}

#[test]
fn countries_and_currencies_are_those_of_the_standards() {
    let text = "email,has,level,paid_until,currency,country\n\
                a@example.com,paid,gold,2027-01-31,eur,de\n\
                b@example.com,paid,gold,2027-01-31,Euro,DE\n\
                c@example.com,paid,gold,2027-01-31,EUR,Germany\n";
    let expected = [
        "line 3, currency: \"Euro\" is no currency; write it like EUR",
        "line 4, country: \"Germany\" is no country; write it like DE",
    ];
    assert_eq!(complaints(text), expected);
}

#[test]
fn lines_are_counted_however_they_end() {
    for end in ["\n", "\r\n", "\r"] {
        let rows = [
            "email,name",
            "a@example.com,Anna",
            "nobody,Ben",
            "c@example.com,Cem",
            "nobody,Di",
        ];
        for last in ["", end] {
            let text = rows.join(end) + last;
            let lines: Vec<u64> = rows_of(&text).iter().map(|row| row.line).collect();
            assert_eq!(lines, [2, 3, 4, 5], "{text:?}");
            let said = complaints(&text);
            assert!(
                said.iter()
                    .zip([3, 5])
                    .all(|(said, line)| said.starts_with(&format!("line {line}, email"))),
                "{said:?}"
            );
        }
    }
}

fn rows_of(text: &str) -> Vec<ludgate_import::Row> {
    rows(Format::Ludgate, text).expect("a file")
}
