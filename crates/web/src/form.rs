//! The fields of a form, taken apart within bounds.

/// The most fields that are looked at: the longest form has a tenth.
const MAX_FIELDS: usize = 64;

/// Fields in their order.
#[derive(Clone, Default)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads `application/x-www-form-urlencoded`. What is no UTF-8 is read as
    /// signs that no valid input holds.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let fields = form_urlencoded::parse(bytes).take(MAX_FIELDS);
        Self(
            fields
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
        )
    }

    /// A field, empty where it is missing. Of several with one name, the first.
    pub(crate) fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }

    /// All fields with this name, in their order.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let found = self.0.iter().filter(move |(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether any name is there twice.
    pub(crate) fn repeats(&self) -> bool {
        let mut fields = self.0.iter().enumerate();
        fields.any(|(number, (name, _))| {
            let mut before = self.0.iter().take(number);
            before.any(|(known, _)| known == name)
        })
    }

    /// A field without the spaces around it, that people don't see.
    pub(crate) fn trimmed(&self, name: &str) -> &str {
        self.get(name).trim()
    }
}

/// Never the values: some are passwords.
impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|(key, _)| key))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_decoded_once_and_the_first_of_a_name_counts() {
        let form = Form::read(b"a=1%2525+x&a=2&b&c=%FF&=d");
        assert_eq!(form.get("a"), "1%25 x");
        assert_eq!(form.get("b"), "");
        assert_eq!(form.get("c"), "\u{fffd}");
        assert_eq!(form.get("none"), "");
        assert!(form.repeats() && !Form::read(b"a=1&b=1").repeats());
        let many = "x=1&".repeat(10_000) + "last=1";
        assert_eq!(Form::read(many.as_bytes()).get("last"), "");
    }

    #[test]
    fn what_was_typed_is_never_shown_by_accident() {
        let form = Form::read(b"password=secret");
        assert_eq!(format!("{form:?}"), "[\"password\"]");
    }
}
