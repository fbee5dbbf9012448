//! The routes there are: each is written down once, and asked, described and listed
//! by that.

use store::apps::Scope;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::problem::Kind;
use crate::query::{CURSOR, LIMIT, Parameter, Value};
use crate::wire;

/// The methods of routes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Put,
    Delete,
}

impl Verb {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// Anybody; everybody is told the same.
    Anybody,
    /// Anybody; what they are told is theirs. A program needs the scope.
    Reader(Scope),
    /// Who has an account. A program needs the scope.
    Account(Scope),
}

impl Who {
    pub(crate) fn scope(self) -> Option<Scope> {
        match self {
            Self::Anybody => None,
            Self::Reader(scope) | Self::Account(scope) => Some(scope),
        }
    }
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Document,
    Publication,
    Sections,
    Topics,
    Authors,
    Stories,
    Story,
    StoryAt,
    Search,
    Me,
    Meter,
    Entitlements,
    Offers,
    Saved,
    IsSaved,
    Save,
    Unsave,
    History,
    WantHistory,
    ClearHistory,
    NoteReading,
    ForgetReading,
}

/// A schema by its name, and those that it needs.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) name: fn() -> String,
    pub(crate) own: fn() -> RefOr<Schema>,
    pub(crate) others: fn(&mut Vec<(String, RefOr<Schema>)>),
}

const fn shape<T: ToSchema + PartialSchema>() -> Shape {
    Shape {
        name: || T::name().into_owned(),
        own: T::schema,
        others: T::schemas,
    }
}

/// The shape of every problem.
pub(crate) const PROBLEM: Shape = shape::<crate::problem::ProblemDetails>();

/// What a route answers where all is well.
#[derive(Clone, Copy)]
pub(crate) enum Answers {
    /// `200` with this.
    With(Shape),
    /// `200` with any JSON: the description itself.
    Document,
    /// `204`.
    Nothing,
}

/// A route.
#[derive(Clone, Copy)]
pub(crate) struct Route {
    pub(crate) method: Verb,
    /// Below the version, with `{id}` where a name stands.
    pub(crate) path: &'static str,
    pub(crate) way: Way,
    pub(crate) id: &'static str,
    pub(crate) tag: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) about: &'static str,
    pub(crate) who: Who,
    pub(crate) parameters: &'static [Parameter],
    pub(crate) sends: Option<Shape>,
    pub(crate) answers: Answers,
    /// Its own problems, beside those that every route has.
    pub(crate) problems: &'static [Kind],
}

const fn word(name: &'static str, value: Value, about: &'static str) -> Parameter {
    Parameter {
        name,
        value,
        is_required: false,
        about,
    }
}

const fn needed(name: &'static str, value: Value, about: &'static str) -> Parameter {
    Parameter {
        is_required: true,
        ..word(name, value, about)
    }
}

const SECTION: Parameter = word("section", Value::Id, "Only those of this section.");
const TOPIC: Parameter = word("topic", Value::Id, "Only those on this topic.");
const AUTHOR: Parameter = word(
    "author",
    Value::Id,
    "Only those by this author, by the name in addresses.",
);

/// The longest search, in characters: a long headline.
pub(crate) const LONGEST_SEARCH: usize = 120;

/// The longest address, in characters: escaped, it still fits into one of 8 KB.
pub(crate) const LONGEST_ADDRESS: usize = 600;

/// What brings a copy up to date that is there already.
pub(crate) const REFRESH: &str = "refresh";

const PURPOSE: Parameter = word(
    "purpose",
    Value::One(&["reading", REFRESH]),
    "What for; `reading` unless said. `refresh` is for bringing a copy up to date that was made \
     before: it is decided and counted the same, but not noted in the reading history.",
);

const PAGED: &[Kind] = &[Kind::NoLists, Kind::Cursor];
const SEARCHING: &[Kind] = &[Kind::NoLists, Kind::Cursor, Kind::NotEntitled];
const READING: &[Kind] = &[Kind::Missing, Kind::Gone, Kind::NoStory, Kind::Ahead];
const OWN: &[Kind] = &[Kind::NoAccounts];
const OWN_STORY: &[Kind] = &[Kind::NoAccounts, Kind::NoLists, Kind::Missing];

/// A route that is only asked.
const fn get(path: &'static str, way: Way, id: &'static str, answers: Answers) -> Route {
    Route {
        method: Verb::Get,
        path,
        way,
        id,
        tag: "Newspaper",
        summary: "",
        about: "",
        who: Who::Anybody,
        parameters: &[],
        sends: None,
        answers,
        problems: &[],
    }
}

/// All of them.
pub(crate) const ROUTES: &[Route] = &[
    Route {
        summary: "The publication",
        about: "What it is called, where it is, and what can be asked of it.",
        ..get(
            "publication",
            Way::Publication,
            "getPublication",
            Answers::With(shape::<wire::Publication>()),
        )
    },
    Route {
        summary: "This description",
        about: "The very document that describes these routes (OpenAPI 3.1).",
        ..get(
            "openapi.json",
            Way::Document,
            "getDescription",
            Answers::Document,
        )
    },
    Route {
        summary: "Sections",
        about: "All sections, in the order of the menu.",
        problems: &[Kind::NoLists],
        ..get(
            "sections",
            Way::Sections,
            "listSections",
            Answers::With(shape::<wire::Sections>()),
        )
    },
    Route {
        summary: "Topics",
        about: "All topics, by their ids.",
        parameters: &[LIMIT, CURSOR],
        problems: PAGED,
        ..get(
            "topics",
            Way::Topics,
            "listTopics",
            Answers::With(shape::<wire::Topics>()),
        )
    },
    Route {
        summary: "Authors",
        about: "Whoever has written something, by their ids.",
        parameters: &[LIMIT, CURSOR],
        problems: PAGED,
        ..get(
            "authors",
            Way::Authors,
            "listAuthors",
            Answers::With(shape::<wire::Authors>()),
        )
    },
    Route {
        summary: "Stories",
        about: "Stories without their text, the latest first. Those that aren’t out yet aren’t \
                among them.",
        parameters: &[
            SECTION,
            TOPIC,
            AUTHOR,
            word("language", Value::Language, "Only those in this language."),
            word(
                "tier",
                Value::One(&["free", "metered", "locked"]),
                "Only those that are offered so.",
            ),
            word(
                "from",
                Value::Time,
                "Only those that appeared then or later.",
            ),
            word(
                "until",
                Value::Time,
                "Only those that appeared before then.",
            ),
            LIMIT,
            CURSOR,
        ],
        problems: PAGED,
        ..get(
            "stories",
            Way::Stories,
            "listStories",
            Answers::With(shape::<wire::Stories>()),
        )
    },
    Route {
        tag: "Reading",
        summary: "Read a story",
        about: "The story as far as this reader may have it: all of it, or its beginning and what \
                the reader is told. It is decided and counted exactly as on its page: the same \
                reader, the same meter. `HEAD` counts nothing.",
        who: Who::Reader(Scope::Read),
        parameters: &[PURPOSE],
        problems: READING,
        ..get(
            "stories/{id}",
            Way::Story,
            "readStory",
            Answers::With(shape::<wire::Read>()),
        )
    },
    Route {
        tag: "Reading",
        summary: "Read the story at an address",
        about: "The same by the story’s address at the publication. The way to read before \
                another content system.",
        who: Who::Reader(Scope::Read),
        parameters: &[
            needed(
                "address",
                Value::Words(LONGEST_ADDRESS),
                "A path, or an address that begins with the publication’s.",
            ),
            PURPOSE,
        ],
        problems: READING,
        ..get(
            "story",
            Way::StoryAt,
            "readStoryAt",
            Answers::With(shape::<wire::Read>()),
        )
    },
    Route {
        tag: "Reading",
        summary: "Search",
        about: "Finds stories by their words, the best first. `scope=open` looks at what everybody \
                may read. `scope=whole` looks at the text too, for readers who are entitled to \
                something, and `403` for others; it finds only stories that this reader may read \
                whole without being counted, among the hundred that fit best. A publication whose \
                text isn’t searched answers `404`.",
        who: Who::Reader(Scope::Read),
        parameters: &[
            needed("q", Value::Words(LONGEST_SEARCH), "The words."),
            word(
                "scope",
                Value::One(&["open", "whole"]),
                "What is searched; `open` unless said.",
            ),
            SECTION,
            TOPIC,
            AUTHOR,
            LIMIT,
            CURSOR,
        ],
        problems: SEARCHING,
        ..get(
            "search",
            Way::Search,
            "search",
            Answers::With(shape::<wire::Results>()),
        )
    },
    Route {
        tag: "Reader",
        summary: "Whose account it is",
        who: Who::Account(Scope::Account),
        problems: OWN,
        ..get("me", Way::Me, "getMe", Answers::With(shape::<wire::Me>()))
    },
    Route {
        tag: "Reader",
        summary: "The meters",
        about: "Every meter, and what it has counted for this reader. Asking counts nothing.",
        who: Who::Reader(Scope::Read),
        ..get(
            "meter",
            Way::Meter,
            "getMeters",
            Answers::With(shape::<wire::Meters>()),
        )
    },
    Route {
        tag: "Reader",
        summary: "Entitlements",
        about: "What this reader may use: `read`, `apps`, `print`, ….",
        who: Who::Reader(Scope::Read),
        ..get(
            "entitlements",
            Way::Entitlements,
            "getEntitlements",
            Answers::With(shape::<wire::Rights>()),
        )
    },
    Route {
        tag: "Reader",
        summary: "Offers",
        about: "What this reader might be offered, the first before the others. It is taken in a \
                browser.",
        who: Who::Reader(Scope::Read),
        ..get(
            "offers",
            Way::Offers,
            "listOffers",
            Answers::With(shape::<wire::Offers>()),
        )
    },
    Route {
        tag: "Saved stories",
        summary: "Saved stories",
        about: "What the reader keeps for later, the latest first.",
        who: Who::Account(Scope::Saved),
        parameters: &[LIMIT, CURSOR],
        problems: &[Kind::NoAccounts, Kind::Cursor],
        ..get(
            "saved",
            Way::Saved,
            "listSaved",
            Answers::With(shape::<wire::SavedStories>()),
        )
    },
    Route {
        tag: "Saved stories",
        summary: "Whether a story is saved",
        who: Who::Account(Scope::Saved),
        problems: &[Kind::NoAccounts, Kind::Missing],
        ..get(
            "saved/{id}",
            Way::IsSaved,
            "getSaved",
            Answers::With(shape::<wire::Saved>()),
        )
    },
    Route {
        method: Verb::Put,
        tag: "Saved stories",
        summary: "Save a story",
        about: "Saving it again changes nothing. At most 1,000 are kept.",
        who: Who::Account(Scope::Saved),
        problems: &[Kind::NoAccounts, Kind::NoLists, Kind::Missing, Kind::Full],
        ..get(
            "saved/{id}",
            Way::Save,
            "save",
            Answers::With(shape::<wire::Saved>()),
        )
    },
    Route {
        method: Verb::Delete,
        tag: "Saved stories",
        summary: "Let a saved story go",
        about: "Also where it wasn’t saved.",
        who: Who::Account(Scope::Saved),
        problems: &[Kind::NoAccounts, Kind::Missing],
        ..get("saved/{id}", Way::Unsave, "unsave", Answers::Nothing)
    },
    Route {
        tag: "Reading history",
        summary: "What was read",
        about: "The latest first; each story once. Nothing is written down unless the reader wants \
                it.",
        who: Who::Account(Scope::History),
        parameters: &[LIMIT, CURSOR],
        problems: &[Kind::NoAccounts, Kind::Cursor],
        ..get(
            "history",
            Way::History,
            "listHistory",
            Answers::With(shape::<wire::History>()),
        )
    },
    Route {
        method: Verb::Put,
        tag: "Reading history",
        summary: "Whether it is written down",
        about: "With `keep: true`, stories read through this interface are written down from now \
                on, the last 1,000. With `false` nothing is, and what was is forgotten.",
        who: Who::Account(Scope::History),
        sends: Some(shape::<wire::HistoryWish>()),
        problems: &[Kind::NoAccounts, Kind::Body],
        ..get(
            "history",
            Way::WantHistory,
            "keepHistory",
            Answers::With(shape::<wire::HistoryWritten>()),
        )
    },
    Route {
        method: Verb::Delete,
        tag: "Reading history",
        summary: "Forget what was read",
        about: "All of it. It goes on being written down, if it was.",
        who: Who::Account(Scope::History),
        problems: OWN,
        ..get(
            "history",
            Way::ClearHistory,
            "clearHistory",
            Answers::Nothing,
        )
    },
    Route {
        method: Verb::Put,
        tag: "Reading history",
        summary: "Note that a story was read",
        about: "For an app in which it was read without asking for it. Where nothing is written \
                down, nothing is.",
        who: Who::Account(Scope::History),
        problems: OWN_STORY,
        ..get(
            "history/{id}",
            Way::NoteReading,
            "noteReading",
            Answers::Nothing,
        )
    },
    Route {
        method: Verb::Delete,
        tag: "Reading history",
        summary: "Forget that a story was read",
        about: "Also where it wasn’t.",
        who: Who::Account(Scope::History),
        problems: &[Kind::NoAccounts, Kind::Missing],
        ..get(
            "history/{id}",
            Way::ForgetReading,
            "forgetReading",
            Answers::Nothing,
        )
    },
];

/// The routes at a path below the version, and the name that stands in it.
pub(crate) fn at(path: &str) -> (Vec<&'static Route>, Option<&str>) {
    let mut named = None;
    let mut found = Vec::new();
    for route in ROUTES {
        match route.path.strip_suffix("{id}") {
            None if route.path == path => found.push(route),
            None => {}
            Some(before) => {
                let name = path.strip_prefix(before);
                if let Some(name) = name.filter(|name| !name.is_empty() && !name.contains('/')) {
                    named = Some(name);
                    found.push(route);
                }
            }
        }
    }
    (found, named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_all_its_methods_and_to_nothing_beside_it() {
        let methods = |path| {
            let (routes, _) = at(path);
            let mut methods: Vec<_> = routes.iter().map(|one| one.method.as_str()).collect();
            methods.sort_unstable();
            methods
        };
        assert_eq!(methods("saved"), ["GET"]);
        assert_eq!(methods("saved/a"), ["DELETE", "GET", "PUT"]);
        assert_eq!(methods("history"), ["DELETE", "GET", "PUT"]);
        for nothing in [
            "",
            "saved/",
            "saved/a/b",
            "stories/",
            "nothing",
            "Saved",
            "me/",
        ] {
            assert_eq!(methods(nothing), [""; 0], "{nothing}");
        }
        assert_eq!(at("stories/tide").1, Some("tide"));
    }

    #[test]
    fn every_route_has_a_name_of_its_own_and_says_what_it_is() {
        for (number, route) in ROUTES.iter().enumerate() {
            assert!(!route.summary.is_empty(), "{}", route.id);
            let twins = ROUTES.iter().skip(number + 1);
            for twin in twins {
                assert_ne!(route.id, twin.id);
                assert!(route.path != twin.path || route.method != twin.method);
                assert_ne!(route.way, twin.way);
            }
        }
    }
}
