//! Parts of a Ghost post that aren't for everybody who reads it: what is for members, for
//! those who pay, for those who don't, or for mail only.
//!
//! A story here is open or closed as a whole, so a part that is for fewer than the story
//! is left out: to close the whole story for a box in it would take from everybody what
//! was theirs. What makes no sense is for nobody.

use std::borrow::Cow;

use serde_json::Value;

use super::PAYWALL;
use crate::entry::Audience;
use crate::remark::{Remark, Remarks};

/// Everybody who has an account, as Ghost writes it.
const MEMBERS: &str = "status:free,status:-free";

/// Those who pay, or are given it.
const PAYING: &str = "status:-free";

/// What a part's comments say after `<!--`, whether or not a blank is between.
const BEGIN: &str = "kg-gated-block:begin";
const END: &str = "kg-gated-block:end";

/// Who sees a part on the web.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Gate<'a> {
    non_member: bool,
    segment: Cow<'a, str>,
}

impl Gate<'_> {
    /// Whether all who may read the whole post see it.
    fn is_for(&self, audience: Audience) -> bool {
        let segment: String = self.segment.split_whitespace().collect();
        match (self.non_member, &*segment) {
            (true, MEMBERS) => true,
            (false, MEMBERS) => audience != Audience::Public,
            (false, PAYING) => audience == Audience::Paying,
            _ => false,
        }
    }

    fn remark(&self) -> Remark {
        Remark::LeftOut(match (self.non_member, self.segment.trim()) {
            (false, "") => "a part that was for mail only",
            (true, _) | (false, "status:free") => "a part that was for those who don't pay",
            (false, MEMBERS) => "a part that was for members only",
            (false, _) => "a part that was for some readers only",
        })
    }
}

/// The HTML without the parts that aren't for all of `audience`. Before what is for them
/// and not for everybody ends what everybody could read, which is marked as Ghost does.
pub(super) fn without_gated<'a>(
    html: &'a str,
    audience: Audience,
    remarks: &mut Remarks,
) -> Cow<'a, str> {
    if !html.contains("kg-gated-block") {
        return Cow::Borrowed(html);
    }
    let mut kept = String::with_capacity(html.len());
    // Of each part that is open, whether it may be seen; one in another only with that.
    let mut open: Vec<bool> = Vec::new();
    let mut hidden = 0_usize;
    let mut at = 0;
    while let Some(found) = html[at..].find("<!--") {
        let begins = at + found;
        let said = &html[begins + 4..];
        // A comment that doesn't end is the rest of the text.
        let (said, next) = match said.split_once("-->") {
            Some((said, _)) => (said, begins + 4 + said.len() + 3),
            None => (said, html.len()),
        };
        let is_seen = hidden == 0;
        let before = if is_seen { &html[at..begins] } else { "" };
        kept.push_str(before);
        let said = said.trim();
        if let Some(gate) = said.strip_prefix(BEGIN) {
            let gate = parse(gate);
            let may = gate.is_for(audience);
            if is_seen && !may {
                remarks.add(gate.remark());
            }
            if is_seen && may && !gate.is_for(Audience::Public) {
                kept.push_str(PAYWALL);
            }
            hidden += usize::from(!may);
            open.push(may);
        } else if said.starts_with(END) {
            hidden -= usize::from(open.pop() == Some(false));
        } else if is_seen {
            kept.push_str(&html[begins..next]);
        }
        at = next;
    }
    // What has no end is kept back up to the end of the text.
    if hidden == 0 {
        kept.push_str(&html[at..]);
    }
    Cow::Owned(kept)
}

/// What a part's first comment says: `nonMember:false memberSegment:"status:-free"`.
fn parse(said: &str) -> Gate<'_> {
    let after = |key: &str| Some(said.split_once(key)?.1);
    let non_member = after("nonMember:")
        .is_some_and(|value| value.trim_start_matches(['"', '\'']).starts_with("true"));
    let segment = after("memberSegment:").and_then(|value| {
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        match quote {
            Some(quote) => value[1..].split(quote).next(),
            None => value.split_whitespace().next(),
        }
    });
    Gate {
        non_member,
        segment: Cow::Borrowed(segment.unwrap_or_default()),
    }
}

/// Whether a card of the editor's own form is for all of `audience`; what isn't is told.
/// Before what is for them and not for everybody, `html` is marked as above.
pub(super) fn may_show(
    card: &Value,
    audience: Audience,
    html: &mut String,
    remarks: &mut Remarks,
) -> bool {
    let Some(said) = card.get("visibility").filter(|said| !said.is_null()) else {
        return true;
    };
    let gate = of_card(said);
    let may = gate.is_for(audience);
    if !may {
        remarks.add(gate.remark());
    } else if !gate.is_for(Audience::Public) {
        html.push_str(PAYWALL);
    }
    may
}

fn of_card(said: &Value) -> Gate<'_> {
    let of = |non_member, segment| Gate {
        non_member,
        segment: Cow::Borrowed(segment),
    };
    if let Some(web) = said.get("web") {
        let segment = web.get("memberSegment").and_then(Value::as_str);
        let non_member = web.get("nonMember").and_then(Value::as_bool);
        return of(non_member == Some(true), segment.unwrap_or_default());
    }
    // Before there were members in it, a card was on the web or it wasn't.
    let is = |key: &str| said.get(key).and_then(Value::as_bool);
    if is("showOnWeb") == Some(false) || is("emailOnly") == Some(true) {
        of(false, "")
    } else {
        of(true, MEMBERS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, audience: Audience, expected: &str) {
        let mut remarks = Remarks::default();
        let kept = without_gated(html, audience, &mut remarks);
        assert_eq!(kept, expected, "{html} for {audience:?}");
        assert_eq!(
            remarks.is_empty(),
            !html.contains('X') || expected.contains('X'),
            "{html}"
        );
    }

    #[test]
    fn a_part_comes_where_all_who_read_the_rest_saw_it() {
        use Audience::{Members, Paying, Public};
        let part =
            |said: &str| format!("a<!--kg-gated-block:begin {said} -->X<!--kg-gated-block:end-->b");
        for (said, seen_by) in [
            (
                "nonMember:true memberSegment:\"status:free,status:-free\"",
                &[Public, Members, Paying][..],
            ),
            (
                "nonMember:false memberSegment:\"status:free,status:-free\"",
                &[Members, Paying],
            ),
            ("nonMember:false memberSegment:\"status:-free\"", &[Paying]),
            ("nonMember:false memberSegment:\"status:free\"", &[]),
            ("nonMember:true memberSegment:\"\"", &[]),
            ("nonMember:true memberSegment:\"status:free\"", &[]),
            ("nonMember:false memberSegment:\"\"", &[]),
            ("nonMember:false memberSegment:\"label:gold\"", &[]),
            ("nonMember:true", &[]),
            ("", &[]),
        ] {
            for audience in [Public, Members, Paying] {
                let expected = match (seen_by.contains(&audience), seen_by.contains(&Public)) {
                    (true, true) => "aXb",
                    (true, false) => "a<!--members-only-->Xb",
                    (false, _) => "ab",
                };
                check(&part(said), audience, expected);
            }
        }
    }

    #[test]
    fn what_is_torn_or_in_each_other_is_kept_back() {
        let all = "<!-- kg-gated-block:begin nonMember:true memberSegment:\"status:free,status:-free\" -->";
        let paid = "<!--\nkg-gated-block:begin nonMember:false memberSegment:'status:-free'-->";
        let end = "<!-- kg-gated-block:end -->";
        for (html, expected) in [
            (format!("a{paid}X"), "a"),
            (format!("a{paid}X<!--x-->X"), "a"),
            (format!("a{paid}X{all}X{end}X{end}b"), "ab"),
            (format!("a{all}b{paid}X{end}c{end}d"), "abcd"),
            (format!("a{end}b"), "ab"),
            ("a<!--kg-gated-block:begin X".to_owned(), "a"),
            (format!("a<!--kept-->{paid}X{end}"), "a<!--kept-->"),
        ] {
            check(&html, Audience::Public, expected);
        }
    }
}
