//! Stories whose pages can't be cut, while that is found out about many.

use std::fmt;

use publication::{Slug, Story};

/// How many are looked for. More have one cause, which isn't in the stories: the
/// selector, or the theme.
const MOST: usize = 20;

/// Those that can't be cut, and why; the first of them where they are very many.
#[derive(Debug, Default)]
pub(crate) struct Unsound {
    found: Vec<One>,
}

#[derive(Debug)]
struct One {
    /// The file and line.
    place: String,
    slug: Slug,
    why: String,
}

impl Unsound {
    /// Takes one down that is in the file at `place`.
    pub(super) fn add(&mut self, place: String, story: &Story, why: &anyhow::Error) {
        self.found.push(One {
            place,
            slug: story.slug.clone(),
            why: format!("{why:#}"),
        });
    }

    /// Whether it is known that there are very many.
    pub(super) fn is_enough(&self) -> bool {
        self.found.len() > MOST
    }

    /// `Err` where there are some.
    pub(super) fn none(self) -> Result<(), Self> {
        if self.found.is_empty() {
            Ok(())
        } else {
            Err(self)
        }
    }

    /// What is wrong with each; `None` where they are very many.
    pub(super) fn each(&self) -> Option<Vec<(Slug, String)>> {
        let each = || {
            let found = self.found.iter();
            found
                .map(|one| (one.slug.clone(), one.why.clone()))
                .collect()
        };
        (!self.is_enough()).then(each)
    }
}

impl fmt::Display for Unsound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, One { place, why, .. }) in self.found.iter().take(MOST).enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{place}: {why}")?;
        }
        if self.is_enough() {
            f.write_str("\nand more")?;
        }
        Ok(())
    }
}

impl std::error::Error for Unsound {}
