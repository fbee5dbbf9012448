//! What is no mistake in a configuration and yet can hardly be meant: rules
//! that nobody will ever be judged by, walls that lead nowhere, a site that is
//! asked for at the gate's own address, and doors of it that stand open.

use access::{Condition, Rule};

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
