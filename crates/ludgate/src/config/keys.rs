//! From the text of a configuration to its keys. Every key that there isn't and
//! every value of a wrong kind is named, not only the first.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::errors::ConfigError;
use super::raw;

/// How often the file is read at most: each mistake makes it be read again.
const MOST: usize = 20;

/// Reads the text. What is wrong is noted and left out of what is read again;
/// what is missing only then may be what was left out, so that isn't noted.
pub(super) fn read(text: &str) -> Result<raw::File, Vec<ConfigError>> {
    let mut table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => return Err(vec![ConfigError::from_toml(&error)]),
    };
    let mut noted = Vec::new();
    for _ in 0..MOST {
        match raw::File::deserialize(Deserializer::from(table.clone())) {
            Ok(file) if noted.is_empty() => return Ok(file),
            Ok(_) => break,
            Err(error) => {
                let missing = error.message().trim().starts_with("missing field");
                if noted.is_empty() || !missing {
                    noted.push(ConfigError::from_toml(&error));
                }
                let place = error.span();
                if !place.is_some_and(|place| leave_out(table.get_mut(), &place)) {
                    break;
                }
            }
        }
    }
    noted.sort_by_key(|error| error.span.as_ref().map(|span| span.start));
    Err(noted)
}

/// Takes out the key or the value that is written at `place`; whether there
/// was one.
fn leave_out(table: &mut DeTable<'_>, place: &Range<usize>) -> bool {
    let found = table
        .iter()
        .find(|(key, value)| key.span() == *place || value.span() == *place)
        .map(|(key, _)| key.clone());
    match found {
        Some(key) => table.remove(&key).is_some(),
        None => table
            .iter_mut()
            .any(|(_, value)| leave_out_of_value(value, place)),
    }
}

/// As deep as the text nests, which its reader bounds.
fn leave_out_of_value(value: &mut Spanned<DeValue<'_>>, place: &Range<usize>) -> bool {
    match value.get_mut() {
        DeValue::Table(table) => leave_out(table, place),
        DeValue::Array(list) if list.iter().any(|one| one.span() == *place) => {
            let all = list.iter().cloned();
            *list = all.filter(|one| one.span() != *place).collect();
            true
        }
        DeValue::Array(list) => list.iter_mut().any(|one| leave_out_of_value(one, place)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let messages: Vec<String> = match read(text) {
            Ok(_) => Vec::new(),
            Err(errors) => errors.into_iter().map(|error| error.message).collect(),
        };
        assert_eq!(messages.len(), expected.len(), "{messages:?}");
        for (message, words) in messages.iter().zip(expected) {
            assert!(message.contains(words), "{message}");
        }
    }

    const GOOD: &str = "[origin]\ncontent = \"content\"\n[publication]\nname = \"x\"\n\
                        url = \"http://x\"\ntimezone = \"UTC\"\n";

    #[test]
    fn every_unknown_key_is_named() {
        check(GOOD, &[]);
        check(
            &format!("{GOOD}nmae = 1\n[sever]\n[gate]\nmoed = \"observe\"\n"),
            &["`nmae`", "`sever`", "`moed`"],
        );
        check(
            &format!(
                "{GOOD}[[rules]]\nid = \"a\"\nwhen = {{ not = {{ teir = \"free\" }} }}\n\
                 then = {{ wal = \"subscribe\" }}\n[[rules]]\nidd = \"b\"\n"
            ),
            &["`teir`", "`wal`", "`idd`"],
        );
    }

    #[test]
    fn so_is_every_value_of_a_wrong_kind_and_nothing_that_only_follows() {
        check(
            &format!("{GOOD}[articles]\nmemory = 7\n[sever]\n[log]\nlevel = true\n"),
            &["a string", "`sever`", "a string"],
        );
        check(
            &format!(
                "{GOOD}[[meters]]\nid = \"a\"\nperiod = \"30 days\"\nalowance = 3\n[[rules]]\n\
                 idd = \"b\"\nthen = \"open\"\n"
            ),
            &["`alowance`", "`idd`"],
        );
    }

    #[test]
    fn what_is_missing_is_told_and_there_is_an_end_to_telling() {
        check("[origin]\ncontent = \"content\"\n", &["missing field"]);
        check("[publication", &["unclosed table"]);
        let many = (0..30).fold(String::new(), |all, n| all + &format!("x{n} = 1\n"));
        assert_eq!(read(&(many + GOOD)).err().map(|all| all.len()), Some(MOST));
    }
}
