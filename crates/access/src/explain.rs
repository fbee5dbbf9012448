//! The same decision, told at length: which rule decided, and why each earlier
//! one did not.

use crate::decide::{before_rules, walled, without_gift};
use crate::{
    Action, Condition, Counted, Decision, Facts, Gift, GiftOver, Name, Rules, Standing, StoryNo,
    Truth, decide,
};

/// A decision with the way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What was decided.
    pub decision: Decision,
    /// What happened before any rule was asked, if that settled it.
    pub settled_before: Option<&'static str>,
    /// The rules that were asked, in order, the deciding one last. Where a gift
    /// link decided, the last one is the one that would have.
    pub steps: Vec<Step>,
    /// What a gift link had to do with it, in words, if the reader shows one.
    pub gift: Option<&'static str>,
}

/// One rule on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which rule.
    pub rule: Name,
    /// Whether it decided.
    pub decided: bool,
    /// Why it did or didn't, in words.
    pub why: String,
}

/// Decides, and says how.
pub fn explain(
    rules: &Rules,
    facts: &Facts<'_>,
    number: Option<StoryNo>,
    history: &[Counted],
) -> Explanation {
    let decision = decide(rules, facts, number, history);
    if let Some(early) = before_rules(facts) {
        let settled_before = Some(match early.reason {
            crate::Reason::Staff => "staff read everything and are never counted",
            crate::Reason::Sponsored => "sponsored stories are open to everybody",
            crate::Reason::Entitled => "the reader has bought this story",
            _ => "verified search crawlers may index the whole story",
        });
        return Explanation {
            decision,
            settled_before,
            steps: Vec::new(),
            gift: facts.reader.gift.map(|_| NOT_NEEDED),
        };
    }
    let without = without_gift(rules, facts, number, history);
    let mut steps = Vec::new();
    for (index, rule) in rules.rules().iter().enumerate() {
        let is = |decision: &Decision| {
            let deciding = decision.rule.map(|no| usize::from(no.0));
            deciding == Some(index)
        };
        steps.push(Step {
            rule: rule.id.clone(),
            decided: is(&decision),
            why: why(&rule.when, facts, rule.then),
        });
        if is(&without) {
            break;
        }
    }
    Explanation {
        decision,
        settled_before: None,
        steps,
        gift: facts.reader.gift.map(|gift| in_its_way(gift, &without)),
    }
}

const NOT_NEEDED: &str = "the reader holds a gift link, which isn't needed here";

/// What a gift link did, where without it the decision is `without`.
fn in_its_way(gift: Gift, without: &Decision) -> &'static str {
    match gift {
        _ if without.is_open_anyway() => NOT_NEEDED,
        Gift::Opened => "a gift link opens it, and the reader has opened it before",
        Gift::Open(_) => "a gift link opens it, at no cost to the reader's meter",
        Gift::Over(GiftOver::Expired) => "the reader holds a gift link whose time is over",
        Gift::Over(GiftOver::UsedUp) => {
            "the reader holds a gift link that as many have opened as may"
        }
        Gift::Over(GiftOver::Withdrawn) => {
            "the reader holds a gift link from somebody whose own access has ended"
        }
        Gift::Unknown => "the reader holds a gift link, and whether it holds isn't known yet",
    }
}

fn why(when: &Condition, facts: &Facts<'_>, then: Action) -> String {
    match when.evaluate(facts) {
        Truth::True => match then {
            Action::Wall(wall) if walled(facts.reader, facts, None, wall).is_none() => {
                format!("{when} holds, but its wall asks nothing of a registered reader")
            }
            _ => format!("{when} holds"),
        },
        truth => match culprit(when, facts) {
            Some(part) if part != when => {
                format!("{part} {}: {}", verb(truth), actual(part, facts))
            }
            _ => format!("{when} {}: {}", verb(truth), actual(when, facts)),
        },
    }
}

fn verb(truth: Truth) -> &'static str {
    match truth {
        Truth::Unknown => "can't be told",
        Truth::True | Truth::False => "doesn't hold",
    }
}

/// The first part of a conjunction that failed.
fn culprit<'c>(when: &'c Condition, facts: &Facts<'_>) -> Option<&'c Condition> {
    match when {
        Condition::All(list) => list
            .iter()
            .find(|one| !one.evaluate(facts).is_true())
            .map(|one| culprit(one, facts).unwrap_or(one)),
        _ => None,
    }
}

/// What the facts say instead.
fn actual(condition: &Condition, facts: &Facts<'_>) -> String {
    let story = facts.story;
    let request = facts.request;
    let unknown = || "not known".to_owned();
    match condition {
        Condition::Tier(_) => format!("the tier is {}", story.tier.as_str()),
        Condition::Sponsored(_) => match &story.sponsor {
            Some(sponsor) => format!("the story is sponsored by {}", sponsor.name),
            None => "the story isn't sponsored".to_owned(),
        },
        Condition::Section(_) => match &story.section {
            Some(section) => format!("the section is {section}"),
            None => "the page names no section".to_owned(),
        },
        Condition::Tag(_) => list("the tags are", "the story has no tags", &story.tags),
        Condition::Author(_) => list(
            "the authors are",
            "the page names no author",
            &story.authors,
        ),
        Condition::Story(_) => format!("the story is {}", story.id),
        Condition::Path(_) => format!("the path is {}", request.path),
        Condition::Published(_) => match story.published {
            Some(time) => format!("it was published {time}"),
            None => "the page gives no date of publication".to_owned(),
        },
        Condition::Entitled(name) => {
            match facts
                .reader
                .entitlements
                .standing(name.as_str(), facts.now())
            {
                Some(standing) => in_words(standing).to_owned(),
                None => "the reader never had it".to_owned(),
            }
        }
        Condition::Audience(_) => format!("the reader is {}", facts.audience().as_str()),
        Condition::Country(_) => request
            .country
            .map_or_else(unknown, |one| format!("the country is {one}")),
        Condition::Language(_) => request
            .language
            .map_or_else(unknown, |one| format!("the language is {one}")),
        Condition::Device(_) => format!("the device is a {}", request.device.as_str()),
        Condition::Referrer(_) => format!("the referrer is {}", request.referrer.as_str()),
        Condition::Network(_) => match request.address {
            Some(_) => "the address lies elsewhere".to_owned(),
            None => "the address isn't known".to_owned(),
        },
        Condition::Locale(_) => format!("the locale is {}", request.locale),
        Condition::From(_) | Condition::Until(_) => format!("it is {}", facts.now()),
        Condition::Not(inner) => actual(inner, facts),
        Condition::Any(list) | Condition::All(list) if list.is_empty() => {
            "an empty condition matches nothing".to_owned()
        }
        Condition::Any(_) => "none of them does".to_owned(),
        Condition::All(_) | Condition::Always => "not all of it does".to_owned(),
    }
}

fn in_words(standing: Standing) -> &'static str {
    match standing {
        Standing::Trial => "the reader has it on trial",
        Standing::Paid => "the reader has paid for it",
        Standing::Grace => "the reader's failed payment is being retried",
        Standing::Complimentary => "the reader was given it",
        Standing::Paused => "the reader's subscription is paused",
        Standing::EndedTrial => "the reader's trial has ended",
        Standing::EndedSubscription => "the reader's subscription has ended",
    }
}

fn list(are: &str, none: &str, names: &[Name]) -> String {
    if names.is_empty() {
        return none.to_owned();
    }
    let names: Vec<&str> = names.iter().map(Name::as_str).collect();
    format!("{are} {}", names.join(", "))
}
