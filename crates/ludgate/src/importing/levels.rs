//! What levels of another system become here: a plan, a product for nothing, or
//! an account alone.

use anyhow::{Result, bail};
use commerce::catalog::Catalog;
use commerce::ids::{PlanId, ProductId};

use super::wire::Level;

/// What a level may become that gives nothing but an account.
const ACCOUNT: &str = "account";

/// What is looked for where something is given and the other system doesn't say
/// what.
const GIVEN: &str = "complimentary";

/// The most levels, and how long all that is said of them may be, in bytes: they
/// go with every request, and no paper has that many.
const MOST: usize = 200;
const LONGEST: usize = 16 * 1024;

/// What a level becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Becomes {
    Plan(PlanId),
    Product(ProductId),
    Account,
}

/// What was said of levels, and what is sold.
pub(super) struct Levels<'a> {
    said: &'a [Level],
    catalog: &'a Catalog,
}

/// Reads `NAME=PLAN`; the name may have an equals sign in it.
pub(crate) fn level(text: &str) -> Result<Level, &'static str> {
    match text.rsplit_once('=') {
        Some((name, becomes)) if !name.trim().is_empty() && !becomes.trim().is_empty() => {
            Ok((name.trim().to_owned(), becomes.trim().to_owned()))
        }
        _ => Err("write what it is called there and what it becomes here, as in \"Gold=monthly\""),
    }
}

/// Refuses more than goes with a request, and what is said twice.
pub(super) fn bounded(levels: &[Level]) -> Result<()> {
    let bytes: usize = levels
        .iter()
        .map(|(one, other)| one.len() + other.len())
        .sum();
    if levels.len() > MOST || bytes > LONGEST {
        bail!("that is too much about levels: {MOST} and {LONGEST} bytes at most");
    }
    for (place, (name, _)) in levels.iter().enumerate() {
        if levels.iter().take(place).any(|(other, _)| other == name) {
            bail!(
                "--level says twice what \"{}\" becomes",
                name.escape_debug()
            );
        }
    }
    Ok(())
}

impl<'a> Levels<'a> {
    /// Refuses what becomes nothing that is sold.
    pub(super) fn new(said: &'a [Level], catalog: &'a Catalog) -> Result<Self> {
        bounded(said)?;
        let levels = Self { said, catalog };
        for (name, becomes) in said {
            if levels.called(becomes).is_none() {
                bail!(
                    "--level: \"{}\" can't become \"{}\": that is no plan, no product, and not \
                     \"{ACCOUNT}\". {}",
                    name.escape_debug(),
                    becomes.escape_debug(),
                    sold(&names(catalog))
                );
            }
        }
        Ok(levels)
    }

    /// What a level becomes: what was said, or what has its name here.
    pub(super) fn of(&self, level: &str) -> Option<Becomes> {
        let said = self.said.iter().find(|(name, _)| name == level);
        self.called(said.map_or(level, |(_, becomes)| becomes))
    }

    /// What is given for nothing: the product of what the level becomes, or of all
    /// there is, where the other system names none; nothing, where that is an account
    /// alone. What it is looked for under, where nobody has said what it becomes.
    pub(super) fn given(&self, level: Option<&str>) -> Result<Option<ProductId>, String> {
        let name = level.unwrap_or(GIVEN);
        match (self.of(name), level, self.catalog.products.as_slice()) {
            (Some(Becomes::Account), ..) => Ok(None),
            (Some(Becomes::Product(product)), ..) => Ok(Some(product)),
            (Some(Becomes::Plan(plan)), ..) => {
                let plan = self.catalog.plan(&plan).ok_or(name)?;
                Ok(Some(plan.product.clone()))
            }
            (None, None, [only]) => Ok(Some(only.id.clone())),
            (None, ..) => Err(name.to_owned()),
        }
    }

    fn called(&self, name: &str) -> Option<Becomes> {
        let plan = PlanId::new(name).ok();
        if let Some(found) = plan.and_then(|id| self.catalog.plan(&id)) {
            return Some(Becomes::Plan(found.id.clone()));
        }
        let product = ProductId::new(name).ok();
        if let Some(found) = product.and_then(|id| self.catalog.product(&id)) {
            return Some(Becomes::Product(found.id.clone()));
        }
        (name == ACCOUNT).then_some(Becomes::Account)
    }
}

/// The names of what is sold: plans, products.
pub(super) fn names(catalog: &Catalog) -> (Vec<String>, Vec<String>) {
    let plans = catalog.plans.iter().map(|plan| plan.id.to_string());
    let products = catalog
        .products
        .iter()
        .map(|product| product.id.to_string());
    (plans.collect(), products.collect())
}

/// What a level may become, in words.
pub(super) fn sold((plans, products): &(Vec<String>, Vec<String>)) -> String {
    if plans.is_empty() && products.is_empty() {
        return "Nothing is sold here: [products], [plans] and [payments] are where that is said"
            .to_owned();
    }
    format!(
        "Plans: {}; products: {}",
        plans.join(", "),
        products.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_said_by_two_names() {
        let check = |text: &str, expected: Option<(&str, &str)>| {
            let found = level(text).ok();
            let expected = expected.map(|(one, other)| (one.to_owned(), other.to_owned()));
            assert_eq!(found, expected, "{text}");
        };
        check("Gold=monthly", Some(("Gold", "monthly")));
        check(
            "Gold & Silver = monthly",
            Some(("Gold & Silver", "monthly")),
        );
        check("a=b=monthly", Some(("a=b", "monthly")));
        check("Gold", None);
        check("=monthly", None);
        check("Gold=", None);
    }

    #[test]
    fn what_is_said_of_levels_is_bounded_and_said_once() {
        let level = |name: &str| (name.to_owned(), "monthly".to_owned());
        assert!(bounded(&[level("a"), level("b")]).is_ok());
        assert!(bounded(&[level("a"), level("b"), level("a")]).is_err());
        let many: Vec<Level> = (0..=MOST)
            .map(|number| level(&number.to_string()))
            .collect();
        assert!(bounded(&many).is_err());
        assert!(bounded(&[level(&"x".repeat(LONGEST))]).is_err());
    }
}
