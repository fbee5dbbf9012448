//! Names of elements: which of them say what an element is, which are about its
//! looks, and which a machine has made up and will make up anew.

/// How much a name can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Worth {
    /// Made up by a build; another one after the next.
    Generated,
    /// About looks: used wherever something looks alike.
    Looks,
    /// A word of the site's own.
    Word,
    /// What stories are called.
    Story,
    /// What texts are called.
    Text,
    /// What the text of a story is called.
    StoryText,
}

/// What begins the names that builds make.
const BUILDS: [&str; 7] = [
    "css-", "sc-", "jsx-", "svelte-", "astro-", "jss", "emotion-",
];

/// The first words of names about looks.
const LOOKS: [&str; 33] = [
    "absolute",
    "align",
    "bg",
    "block",
    "border",
    "clear",
    "clearfix",
    "col",
    "container",
    "dark",
    "flex",
    "font",
    "gap",
    "grid",
    "items",
    "justify",
    "lg",
    "m",
    "max",
    "mb",
    "md",
    "min",
    "mt",
    "mx",
    "my",
    "p",
    "px",
    "py",
    "relative",
    "row",
    "sm",
    "w",
    "wrapper",
];

/// Words for what stands beside a story.
const BESIDE: [&str; 14] = [
    "comment",
    "footer",
    "header",
    "menu",
    "nav",
    "newsletter",
    "pagination",
    "promo",
    "recommend",
    "related",
    "share",
    "sidebar",
    "teaser",
    "widget",
];

const STORIES: [&str; 6] = ["article", "story", "post", "entry", "blog", "news"];

const TEXTS: [&str; 6] = ["body", "content", "copy", "markdown", "prose", "text"];

/// How much a class or an id can be relied on.
pub(crate) fn worth(name: &str) -> Worth {
    let lower = name.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let first = lower.split(['-', '_', ':']).next().unwrap_or_default();
    if is_generated(name) {
        Worth::Generated
    } else if LOOKS.contains(&first) {
        Worth::Looks
    } else {
        match (has(&STORIES), has(&TEXTS)) {
            (true, true) => Worth::StoryText,
            (false, true) => Worth::Text,
            (true, false) => Worth::Story,
            (false, false) => Worth::Word,
        }
    }
}

/// Whether a name is for what stands beside a story, and not for its text.
pub(crate) fn is_beside(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let mut words = lower.split(['-', '_']);
    words.any(|word| BESIDE.iter().any(|beside| word.starts_with(beside)))
}

/// Whether a name can stand in a selector as it is.
pub(crate) fn is_plain(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// What stays of `Article_body__3kX9a` from build to build: `Article_body__`.
pub(crate) fn stays(name: &str) -> Option<&str> {
    let at = name.rfind("__")? + 2;
    let (stays, made) = name.split_at_checked(at)?;
    (stays.len() > 5 && looks_random(made) && !is_generated(stays.trim_end_matches('_')))
        .then_some(stays)
}

fn is_generated(name: &str) -> bool {
    BUILDS.iter().any(|start| name.starts_with(start))
        || name
            .split(['-', '_'])
            .filter(|part| !part.is_empty())
            .any(looks_random)
}

/// Whether nobody would write a word so: digits among its letters, or capitals
/// where no word begins.
fn looks_random(part: &str) -> bool {
    if part.len() < 5 || part.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let count = |is: fn(&u8) -> bool| part.bytes().filter(is).count();
    let digits = count(u8::is_ascii_digit);
    let letters = part.trim_end_matches(|last: char| last.is_ascii_digit());
    let within = letters.bytes().any(|byte| byte.is_ascii_digit());
    if within {
        return true;
    }
    if digits > 0 {
        // heading2 is a word; a1b2c3 and ab123 are none.
        return letters.len() < 3;
    }
    let capitals = count(u8::is_ascii_uppercase);
    let vowels = count(|byte| b"aeiouyAEIOUY".contains(byte));
    (capitals > 1 && part.len() < capitals * 3) || (part.len() >= 6 && vowels == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_worth_what_they_say() {
        for (name, expected) in [
            ("entry-content", Worth::StoryText),
            ("storyBody", Worth::StoryText),
            ("article__body", Worth::StoryText),
            ("prose", Worth::Text),
            ("main-text", Worth::Text),
            ("post", Worth::Story),
            ("tide", Worth::Word),
            ("container", Worth::Looks),
            ("mx-auto", Worth::Looks),
            ("col-md-8", Worth::Looks),
            ("css-1a2b3c", Worth::Generated),
            ("sc-bdVaJa", Worth::Generated),
            ("a1b2c3d4", Worth::Generated),
            ("Article_body__3kX9a", Worth::Generated),
            ("_3xK2dP", Worth::Generated),
            ("heading2", Worth::Word),
            ("chapter12", Worth::Word),
        ] {
            assert_eq!(worth(name), expected, "{name}");
        }
    }

    #[test]
    fn what_stands_beside_a_story_is_known_by_its_name() {
        for name in [
            "comments",
            "comment-list",
            "site-footer",
            "related_posts",
            "sidebar-left",
        ] {
            assert!(is_beside(name), "{name}");
        }
        for name in ["commitment", "story-body", "entry-content", "recollection"] {
            assert!(!is_beside(name), "{name}");
        }
    }

    #[test]
    fn the_beginning_that_a_developer_wrote_stays() {
        assert_eq!(stays("Article_body__3kX9a"), Some("Article_body__"));
        assert_eq!(stays("article__body"), None);
        assert_eq!(stays("x__3kX9a"), None);
    }
}
