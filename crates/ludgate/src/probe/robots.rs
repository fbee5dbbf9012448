//! What a site asks of robots, as far as a probe has to know it (RFC 9309):
//! where it shouldn't go by itself, and where the maps of the site are.

/// Rules looked at: the largest files met have some two thousand lines.
const MAX_RULES: usize = 4096;

/// Maps of the site taken from the file.
const MAX_MAPS: usize = 64;

/// What a robots.txt says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Robots {
    /// Whether the path may be asked for, and the pattern.
    rules: Vec<(bool, String)>,
    /// The addresses of the site's maps.
    pub(crate) maps: Vec<String>,
}

impl Robots {
    /// Reads the file. A group for Ludgate goes before the one for everybody.
    pub(crate) fn parse(text: &str) -> Self {
        let mut robots = Self::default();
        let (mut ours, mut everybody) = (None, Vec::new());
        // Whom the group is for, and whether its rules have begun.
        let (mut for_us, mut for_all, mut in_rules) = (false, false, false);
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((name, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "user-agent" => {
                    if in_rules {
                        (for_us, for_all, in_rules) = (false, false, false);
                    }
                    for_us |= value.eq_ignore_ascii_case("ludgate");
                    for_all |= value == "*";
                    if for_us && ours.is_none() {
                        ours = Some(Vec::new());
                    }
                }
                "sitemap" if robots.maps.len() < MAX_MAPS => robots.maps.push(value.to_owned()),
                rule @ ("allow" | "disallow") => {
                    in_rules = true;
                    let rule = (rule == "allow", value.to_owned());
                    if let (true, Some(ours)) = (for_us, ours.as_mut()) {
                        ours.push(rule);
                    } else if for_all {
                        everybody.push(rule);
                    }
                }
                _ => {}
            }
        }
        robots.rules = ours.unwrap_or(everybody);
        robots.rules.retain(|(_, pattern)| !pattern.is_empty());
        robots.rules.truncate(MAX_RULES);
        robots
    }

    /// Whether the site lets robots ask for this path and query: the longest
    /// pattern that fits decides, and of two as long the one that allows.
    pub(crate) fn allow(&self, place: &str) -> bool {
        let fitting = self.rules.iter().filter(|(_, one)| fits(one, place));
        let longest = fitting.max_by_key(|(allows, pattern)| (pattern.len(), *allows));
        longest.is_none_or(|(allows, _)| *allows)
    }
}

/// Whether `place` begins as `pattern` says: `*` is anything, a `$` at the end
/// is the end.
fn fits(pattern: &str, place: &str) -> bool {
    let (pattern, whole) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = place.strip_prefix(first) else {
        return false;
    };
    let mut last = None;
    for part in parts {
        if let Some(before) = last.replace(part) {
            match rest.find(before) {
                Some(at) => rest = &rest[at + str::len(before)..],
                None => return false,
            }
        }
    }
    match (last, whole) {
        (None, true) => rest.is_empty(),
        (None, false) => true,
        (Some(last), true) => rest.ends_with(last),
        (Some(last), false) => rest.contains(last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "User-agent: Googlebot\nDisallow: /\n\nUser-agent: other\nUser-Agent: *\n\
        Disallow: /private # not for robots\nAllow: /private/open\nDisallow: /*.pdf$\nDisallow:\n\
        Sitemap: https://post.example/map.xml\n";

    #[test]
    fn the_longest_rule_that_fits_decides() {
        let robots = Robots::parse(FILE);
        for (place, allowed) in [
            ("/", true),
            ("/private", false),
            ("/private/x", false),
            ("/private/open/x", true),
            ("/a/b.pdf", false),
            ("/a/b.pdf?x", true),
            ("/public", true),
        ] {
            assert_eq!(robots.allow(place), allowed, "{place}");
        }
        assert_eq!(robots.maps, ["https://post.example/map.xml"]);
    }

    #[test]
    fn a_group_of_our_own_goes_before_everybodys() {
        let robots = Robots::parse(&format!("{FILE}User-agent: LudGate\nDisallow: /ours/*/x"));
        assert!(robots.allow("/private"));
        assert!(!robots.allow("/ours/a/x/b"));
        assert!(robots.allow("/ours/a"));
        let open = Robots::parse("User-agent: ludgate\nAllow: /\nUser-agent: *\nDisallow: /");
        assert!(open.allow("/anything"));
        assert!(!Robots::parse("User-agent: *\nDisallow: /").allow("/"));
        assert!(Robots::parse("<html>not a file for robots").allow("/"));
    }
}
