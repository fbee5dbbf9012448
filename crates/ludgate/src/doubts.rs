//! What is no mistake in a configuration and yet can hardly be meant: rules
//! that nobody will ever be judged by.

use access::{Condition, Rule};

use crate::config::nearest;

/// What is doubtful about `rules` for a publication with these sections, each
/// in a sentence. Those of a foreign site aren't known.
pub(crate) fn doubts(rules: &[Rule], sections: Option<&[&str]>) -> Vec<String> {
    let mut doubts = unreached(rules);
    let Some(sections) = sections else {
        return doubts;
    };
    for rule in rules {
        let mut named = Vec::new();
        sections_in(&rule.when, &mut named);
        for section in named {
            if !sections.contains(&section) {
                doubts.push(unknown(rule, section, sections));
            }
        }
    }
    doubts
}

/// The first rule that matches decides, so none is asked after one that always
/// does.
fn unreached(rules: &[Rule]) -> Vec<String> {
    let always = rules.iter().position(|rule| rule.when == Condition::Always);
    let Some((last, rest)) = always.and_then(|at| rules[at..].split_first()) else {
        return Vec::new();
    };
    rest.iter()
        .map(|rule| {
            format!(
                "rule \"{}\" is never asked: \"{}\" before it always matches. Put it first",
                rule.id, last.id
            )
        })
        .collect()
}

fn unknown(rule: &Rule, section: &str, sections: &[&str]) -> String {
    let near = nearest(section, sections.iter().copied())
        .map(|near| format!(". Did you mean \"{near}\"?"))
        .unwrap_or_default();
    format!(
        "rule \"{}\" is about section \"{section}\", which the publication doesn't have{near}",
        rule.id
    )
}

fn sections_in<'c>(condition: &'c Condition, found: &mut Vec<&'c str>) {
    match condition {
        Condition::Section(names) => found.extend(names.iter().map(access::Name::as_str)),
        Condition::Not(inner) => sections_in(inner, found),
        Condition::Any(several) | Condition::All(several) => {
            for one in several {
                sections_in(one, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use access::Action;

    use super::*;

    fn rule(id: &str, when: Condition) -> Rule {
        Rule {
            id: id.into(),
            when,
            then: Action::Open,
        }
    }

    fn section(name: &str) -> Condition {
        Condition::Section(vec![name.into()])
    }

    #[test]
    fn rules_that_can_act_are_not_doubted() {
        let rules = [
            rule("city", section("city")),
            rule("all", Condition::Always),
        ];
        assert_eq!(doubts(&rules, Some(&["city"])), [""; 0]);
        assert_eq!(doubts(&[], Some(&[])), [""; 0]);
    }

    #[test]
    fn what_follows_a_rule_that_always_matches_is_doubted() {
        let rules = [
            rule("all", Condition::Always),
            rule("late", Condition::Sponsored(true)),
        ];
        let said = "rule \"late\" is never asked: \"all\" before it always matches. Put it first";
        assert_eq!(doubts(&rules, Some(&[])), [said]);
    }

    #[test]
    fn sections_that_there_are_not_are_doubted_wherever_they_stand() {
        let when = Condition::Any(vec![
            section("trade"),
            Condition::Not(Box::new(section("ctiy"))),
        ]);
        let said = "rule \"x\" is about section \"ctiy\", which the publication doesn't have. Did \
                    you mean \"city\"?";
        assert_eq!(doubts(&[rule("x", when)], Some(&["city", "trade"])), [said]);
    }
}
