//! What is no mistake in a configuration and yet can hardly be meant: rules
//! that nobody will ever be judged by, walls that lead nowhere, a site that is
//! asked for at the gate's own address, and doors of it that stand open; what
//! is sold and opens nothing, and trials without an end.

use access::{Condition, EntitlementName, Rule};
use commerce::catalog::{Catalog, Offer, OfferAudience, Scope};
use commerce::terms::PhaseKind;

use upstream::ServerUrl;

use crate::config::{Config, Links, Origin, SUBSCRIBE, nearest};

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

/// What is doubtful about where prompts lead, where `leads` says whether there
/// is something at a path. Of a foreign site nobody knows.
pub(crate) fn dead_ends(links: &Links, leads: Option<&dyn Fn(&str) -> bool>) -> Vec<String> {
    let Some(leads) = leads else {
        let guessed = links.subscribe == SUBSCRIBE;
        let doubt = format!(
            "walls lead to {SUBSCRIBE}, for no [links] subscribe is given: is there something on \
             the site?"
        );
        return guessed.then_some(doubt).into_iter().collect();
    };
    let all = [
        ("subscribe", Some(&links.subscribe)),
        ("offers", links.offers.as_ref()),
        ("login", links.login.as_ref()),
        ("register", links.register.as_ref()),
    ];
    let local = all
        .into_iter()
        .filter_map(|(key, link)| Some((key, link.filter(|link| link.starts_with('/'))?)));
    local
        .filter(|(_, link)| !leads(link.split(['?', '#']).next().unwrap_or_default()))
        .map(|(key, link)| {
            format!(
                "prompts lead to {link} ([links] {key}), where the publication has nothing. Write \
                 that page, or give another address"
            )
        })
        .collect()
}

/// What is doubtful about where a site is asked: at readers' own address, which
/// leads to the gate, once that is in its place.
pub(crate) fn circle(config: &Config) -> Option<String> {
    let Origin::Site(foreign) = &config.origin else {
        return None;
    };
    let mut servers = foreign
        .servers
        .routes
        .iter()
        .flat_map(|route| &route.servers);
    let home = config.url.text.parse::<ServerUrl>().ok()?;
    let ours = |server: &&ServerUrl| {
        let is_usual = [80, 443].contains(&server.port()) && [80, 443].contains(&home.port());
        server.host().eq_ignore_ascii_case(home.host())
            && (is_usual || server.port() == home.port())
    };
    let server = servers.find(ours)?;
    Some(format!(
        "the site is asked at {server}, which is readers' own address: once that leads to the gate, \
         the gate asks itself. Name the site's server by another address ([origin] url); it is told \
         the publication's host all the same"
    ))
}

/// What is doubtful about what is open of a site: all of what is closed because
/// stories are handed out there.
pub(crate) fn opened(config: &Config) -> Option<String> {
    let Origin::Site(foreign) = &config.origin else {
        return None;
    };
    let site = &foreign.site;
    let pairs = site.closed.iter().find_map(|closed| {
        let somewhere = closed.as_str().replace("**", "a/b").replace('*', "a");
        let open = site.open.iter().find(|open| open.matches(&somewhere))?;
        Some((closed.as_str(), open.as_str()))
    });
    let (closed, open) = pairs?;
    Some(format!(
        "[origin] open has {open}, so all of {closed} goes out, which is closed because such paths \
         hand out stories whole. Editors need none of it: make them staff (ludgate staff). Open \
         single paths that hold no story"
    ))
}

/// What is doubtful about what is sold, by these rules.
pub(crate) fn sold(rules: &[Rule], catalog: &Catalog) -> Vec<String> {
    let mut doubts = ungiven(rules, catalog);
    let endless = catalog.offers.iter().filter(|offer| is_endless(offer));
    doubts.extend(endless.map(|offer| {
        format!(
            "the offer \"{}\" is a trial that the same reader may have again and again. Write for = \
             \"new readers\", or uses = {{ per_account = 1 }}",
            offer.id
        )
    }));
    doubts
}

/// What rules ask for and nobody can buy, and what is bought and no rule asks
/// for: readers would pay, and meet the wall all the same.
fn ungiven(rules: &[Rule], catalog: &Catalog) -> Vec<String> {
    let products = catalog.products.iter();
    let whole = products.filter(|product| product.scope == Scope::Everything);
    let given: Vec<&str> = whole
        .flat_map(|product| product.grants.iter().map(EntitlementName::as_str))
        .collect();
    let Some(first) = given.first() else {
        return Vec::new();
    };
    let (mut doubts, mut is_told_apart) = (Vec::new(), false);
    for rule in rules {
        let mut asked = Vec::new();
        is_told_apart |= asked_for(&rule.when, &mut asked);
        for name in asked {
            if given.contains(&name) {
                continue;
            }
            let near = nearest(name, given.iter().copied())
                .map(|near| format!(". Did you mean \"{near}\"?"))
                .unwrap_or_default();
            doubts.push(format!(
                "rule \"{}\" asks who may use \"{name}\", which nothing that is sold gives{near}",
                rule.id
            ));
        }
    }
    if !is_told_apart {
        doubts.push(format!(
            "no rule asks what readers have bought, so whoever pays meets the same walls. Write a rule \
             with when = {{ entitled = \"{first}\" }} and then = \"open\""
        ));
    }
    doubts
}

/// Collects which entitlements a condition asks about; says whether readers who
/// have bought something can be told from others by it.
fn asked_for<'c>(condition: &'c Condition, asked: &mut Vec<&'c str>) -> bool {
    match condition {
        Condition::Entitled(name) => {
            asked.push(name.as_str());
            true
        }
        Condition::Audience(_) => true,
        Condition::Not(inner) => asked_for(inner, asked),
        Condition::Any(several) | Condition::All(several) => {
            let all = several.iter().map(|one| asked_for(one, asked));
            all.fold(false, |any, one| any | one)
        }
        _ => false,
    }
}

/// Whether it is a trial, and who has had it may have it once more.
fn is_endless(offer: &Offer) -> bool {
    let is_trial = offer
        .phases
        .first()
        .is_some_and(|phase| phase.kind == PhaseKind::Trial);
    // Who has had a trial has lapsed, and is no new reader any more.
    let comes_back = matches!(
        offer.audience,
        OfferAudience::Everyone | OfferAudience::Lapsed
    );
    is_trial && comes_back && offer.caps.per_account.is_none()
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

    /// What is sold where `product` and `offer` are written.
    fn catalog(product: &str, offer: &str) -> Catalog {
        let text = format!(
            "origin.content = \"content\"\n[publication]\nname = \"The Stanner Post\"\nurl = \
             \"https://post.example\"\ntimezone = \"Asia/Tokyo\"\n[products.all]\n{product}\n\
             [plans.monthly]\nproduct = \"all\"\nprice = \"9 USD\"\nevery = \"1 month\"\n\
             [[offers]]\nid = \"monthly\"\nplan = \"monthly\"\n{offer}\n"
        );
        let config = Config::parse(&text, std::path::Path::new(""));
        let config = config.unwrap_or_else(|errors| panic!("{errors:?}"));
        config.sales.expect("something is sold").catalog
    }

    fn entitled(name: &str) -> Condition {
        Condition::Any(vec![Condition::Not(Box::new(Condition::Entitled(
            name.into(),
        )))])
    }

    #[test]
    fn rules_that_ask_for_what_nothing_gives_are_doubted() {
        let shop = catalog("grants = [\"read\", \"apps\"]", "");
        assert_eq!(sold(&[rule("x", entitled("read"))], &shop), [""; 0]);
        let said = "rule \"x\" asks who may use \"raed\", which nothing that is sold gives. Did you \
                    mean \"read\"?";
        assert_eq!(sold(&[rule("x", entitled("raed"))], &shop), [said]);
        let said = "no rule asks what readers have bought, so whoever pays meets the same walls. \
                    Write a rule with when = { entitled = \"read\" } and then = \"open\"";
        assert_eq!(sold(&[rule("all", Condition::Always)], &shop), [said]);
        let audience = Condition::Audience(vec![access::Audience::Subscriber]);
        assert_eq!(sold(&[rule("x", audience)], &shop), [""; 0]);
        // A story is open to its buyer whatever the rules are.
        let mut story = shop;
        for product in &mut story.products {
            product.scope = Scope::OneStory;
        }
        assert_eq!(sold(&[rule("all", Condition::Always)], &story), [""; 0]);
    }

    #[test]
    fn trials_that_never_end_are_doubted() {
        let said = "the offer \"monthly\" is a trial that the same reader may have again and again. \
                    Write for = \"new readers\", or uses = { per_account = 1 }";
        let trial = "phases = [{ trial = \"14 days\" }]";
        for (offer, doubted) in [
            (trial.to_owned(), true),
            (format!("{trial}\nfor = \"lapsed readers\""), true),
            (format!("{trial}\nuses = {{ total = 500 }}"), true),
            (format!("{trial}\nfor = \"new readers\""), false),
            (format!("{trial}\nuses = {{ per_account = 1 }}"), false),
            (String::new(), false),
        ] {
            let shop = catalog("grants = \"read\"", &offer);
            let found = sold(&[rule("x", entitled("read"))], &shop);
            let expected = if doubted { vec![said] } else { Vec::new() };
            assert_eq!(found, expected, "{offer}");
        }
    }

    #[test]
    fn links_that_lead_nowhere_are_doubted() {
        let link = |path: &str| Some(path.to_owned());
        let links = Links {
            subscribe: SUBSCRIBE.to_owned(),
            offers: link("/pages/offers?from=wall"),
            login: link("https://accounts.example/login"),
            register: link("/join"),
            account: None,
        };
        let leads = |path: &str| path != "/join" && !path.contains('?');
        let said = "prompts lead to /join ([links] register), where the publication has nothing. \
                    Write that page, or give another address";
        assert_eq!(dead_ends(&links, Some(&leads)), [said]);
        assert_eq!(dead_ends(&links, None).len(), 1, "nobody has said it");
        let given = Links {
            subscribe: "/abo".to_owned(),
            ..links
        };
        assert_eq!(dead_ends(&given, None), [""; 0]);
    }
}
