//! What can be said to `ludgate import stories`.

use std::path::{Path, PathBuf};

use access::Tier;
use anyhow::{Context, Result, bail};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use exports::Format;

/// How long a file that says what categories become may be, in bytes.
const MAX_MAP: u64 = 256 * 1024;

/// How many categories may be spoken of.
const MAX_SECTIONS: usize = 2000;

#[derive(Debug, Args)]
pub(crate) struct StoriesArgs {
    /// The file that the other system exported
    pub(crate) file: PathBuf,
    /// Which system that is
    #[arg(long, value_name = "SYSTEM", value_parser = format())]
    pub(crate) from: Format,
    /// The content folder; made, with a publication.toml, if it isn't there
    #[arg(long, value_name = "DIR")]
    pub(crate) into: PathBuf,
    /// A copy of the old site's pictures (wp-content/uploads, content/images); nothing is fetched
    #[arg(long, value_name = "DIR")]
    pub(crate) pictures: Option<PathBuf>,
    /// Try it and say what would come of it, and write nothing but the report
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// What a category becomes: a section. Again for each; "*=SECTION" is any other
    #[arg(long = "section", value_name = "CATEGORY=SECTION", value_parser = section)]
    pub(crate) sections: Vec<(String, String)>,
    /// The same out of a TOML file, with lines such as "City council" = "city"
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
    /// How stories are offered of which the export doesn't say it
    #[arg(long, value_name = "TIER", default_value = "metered", value_parser = tier())]
    pub(crate) tier: Tier,
    /// The byline of what nobody has signed [default: the publication's name]
    #[arg(long, value_name = "NAME")]
    pub(crate) byline: Option<String>,
    /// Where the old site was, as `https://post.example`, if the export doesn't say it, as Ghost's
    #[arg(long, value_name = "URL", value_parser = site)]
    pub(crate) site: Option<String>,
    /// A post type of WordPress's that is stories too. Again for each
    #[arg(long = "type", value_name = "NAME")]
    pub(crate) types: Vec<String>,
    /// In which zone times are of which the export doesn't say it
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    pub(crate) zone: String,
    /// Write over stories that were changed here by hand, and bring back those deleted here
    #[arg(long)]
    pub(crate) replace: bool,
    /// Where every entry is told that didn't come, or not whole, as CSV
    #[arg(long, value_name = "FILE", default_value = "import-report.csv")]
    pub(crate) report: PathBuf,
}

fn format() -> impl TypedValueParser<Value = Format> {
    let named = |name: String| {
        let named = |format: &Format| format.as_str() == name;
        let found = Format::ALL.into_iter().find(named);
        found.ok_or("no such system")
    };
    PossibleValuesParser::new(Format::ALL.map(Format::as_str)).try_map(named)
}

fn tier() -> impl TypedValueParser<Value = Tier> {
    let names = [Tier::Free, Tier::Metered, Tier::Locked].map(Tier::as_str);
    PossibleValuesParser::new(names)
        .try_map(|name: String| Tier::parse(&name).ok_or("no such tier"))
}

fn site(text: &str) -> Result<String, &'static str> {
    let host = text
        .strip_prefix("https://")
        .or(text.strip_prefix("http://"));
    let is_one = host.is_some_and(|host| !host.is_empty() && !host.contains(char::is_whitespace));
    is_one
        .then(|| text.to_owned())
        .ok_or("write an address such as https://post.example")
}

fn section(text: &str) -> Result<(String, String), &'static str> {
    let pair = text
        .rsplit_once('=')
        .map(|(category, id)| (category.trim(), id.trim()));
    match pair {
        Some((category, id)) if !category.is_empty() && !id.is_empty() => {
            Ok((category.to_owned(), id.to_owned()))
        }
        _ => Err("write a category and the section that it becomes, as in \"City council=city\""),
    }
}

/// The categories of a file with the sections that they become.
pub(super) fn mapped(file: &Path) -> Result<Vec<(String, String)>> {
    let name = file.display();
    let unread = || format!("{name} can't be read");
    if std::fs::metadata(file).with_context(unread)?.len() > MAX_MAP {
        bail!("{name} has more than 256 KB; it is to have a line for each category");
    }
    let text = std::fs::read_to_string(file).with_context(unread)?;
    let table: toml::Table = text.parse().with_context(|| name.to_string())?;
    if table.len() > MAX_SECTIONS {
        bail!("{name} speaks of more than {MAX_SECTIONS} categories; use \"*\" for the rest");
    }
    let mut all = Vec::with_capacity(table.len());
    for (category, section) in table {
        let Some(section) = section.as_str() else {
            bail!("{name}: \"{category}\" must be a section in quotation marks");
        };
        all.push((category, section.to_owned()));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_and_its_section_are_parted_by_the_last_equals_sign() {
        let pair = |category: &str, id: &str| Ok((category.to_owned(), id.to_owned()));
        assert_eq!(section("City council=city"), pair("City council", "city"));
        assert_eq!(section("A=B = c"), pair("A=B", "c"));
        for bad in ["city", "=city", "City=", ""] {
            assert!(section(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_file_of_sections_has_texts_only() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("map.toml");
        let read = |text: &str| {
            std::fs::write(&file, text).expect("a file");
            mapped(&file)
        };
        let found = read("\"City council\" = \"city\"\n\"*\" = \"news\"\n").expect("a map");
        assert_eq!(found.len(), 2);
        let error = read("city = 3\n").expect_err("a number").to_string();
        assert!(
            error.contains("must be a section in quotation marks"),
            "{error}"
        );
        assert!(read("city\n").is_err());
    }
}
