//! By what WordPress's plugins for members keep a post, or a part of it, from the public.
//!
//! An export says nothing of who may read a post; the plugins do, in shortcodes around a
//! part of the text, in blocks, and in fields of the post. Nothing here decides what then
//! becomes of it.

use std::collections::HashSet;

/// Shortcodes around what is for members. Names are compared in small letters and without
/// the underscores by which some plugins put one into another.
const SHORTCODES: [&str; 62] = [
    // Paid Memberships Pro, Restrict Content Pro, Restrict User Access.
    "membership",
    "pmpro_membership",
    "restrict",
    "is_paid",
    "is_free",
    "is_not_free",
    // MemberPress, WooCommerce Memberships and Subscriptions.
    "mepr-show",
    "mepr-active",
    "wcm_restrict",
    "wcm_content_restricted",
    "wcs_restrict",
    // Paid Member Subscriptions, Profile Builder, ProfilePress, WP User Manager.
    "pms-restrict",
    "wppb-restrict",
    "pp-restrict-content",
    "wpum_restrict_to_users",
    // s2Member, WishList Member, Magic Members, aMember, Digital Access Pass.
    "s2if",
    "s2member-if",
    "wlm_private",
    "wlm_ismember",
    "ismember",
    "private",
    "private_or",
    "private_and",
    "am4show",
    "dap",
    // Members, Groups, Ultimate Member, Ultimate Membership Pro, ARMember.
    "members_access",
    "members_logged_in",
    "access",
    "is_user_logged_in",
    "groups_member",
    "groups_can",
    "um_loggedin",
    "um_show_content",
    "ihc-hide-content",
    "arm_restrict_content",
    // WP-Members, Simple Membership, eMember, Memberful, MemberMouse, LifterLMS.
    "wpmem_logged_in",
    "wp-members",
    "swpm_protected",
    "swpm_show_to",
    "emember_protected",
    "memberful",
    "mm_member_decision",
    "mm_access_decision",
    "llms_restrict",
    "lifterlms_hide_content",
    // Passwords on parts, and walls.
    "passster",
    "content_protector",
    "protect_content",
    "protected",
    "leaky_paywall",
    "steady_paywall",
    "patreon",
    "paywall",
    "premium_content",
    "premium",
    // What themes and small plugins call it.
    "member",
    "members",
    "memberonly",
    "members_only",
    "members-only",
    "subscriber",
    "logged_in",
];

/// Parts of names that nobody gives to anything else: those who write their own shortcode
/// call it so.
const STEMS: [&str; 8] = [
    "restrict",
    "paywall",
    "members_only",
    "members-only",
    "membersonly",
    "loggedin",
    "subscribers",
    "memb_has",
];

/// Names that are words in brackets, too, unless they are told something or have an end.
const WORDS: [&str; 9] = [
    "access",
    "dap",
    "member",
    "members",
    "membership",
    "premium",
    "private",
    "protected",
    "subscriber",
];

/// Blocks of which what is in them, or what comes after, is for members.
const BLOCKS: [&str; 12] = [
    "jetpack/paywall",
    "jetpack/subscriber-login-only",
    "premium-content/container",
    "jetpack/premium-content",
    "pmpro/membership",
    "memberpress/protected-content",
    "woocommerce-memberships/member-content",
    "pms/content-restriction-start",
    "leaky-paywall/restrict",
    "memberful/protected",
    "swpm/protected",
    "restrict-content",
];

/// Fields of a post by which all of it is kept back, and what they say where it isn't.
const FIELDS: [(&str, &[&str]); 10] = [
    ("_jetpack_newsletter_access", &["", "everybody"]),
    ("rcp_subscription_level", &["", "all", "any"]),
    ("rcp_access_level", &["", "none", "0"]),
    ("rcp_user_level", &["", "all"]),
    ("_is_paid", &["", "0", "false"]),
    ("_members_access_role", &[""]),
    ("pms-content-restrict-user-status", &["", "0"]),
    ("pms-content-restrict-subscription-plan", &["", "0"]),
    ("_wpmem_block", &["", "0"]),
    ("ihc_mb_who", &["", "all"]),
];

/// How long a name of a shortcode or block is looked at.
const MAX_NAME: usize = 64;

/// Where in a text the first part begins that is for members, and by what that is said.
pub(crate) fn of_text(text: &str) -> Option<(usize, String)> {
    let shortcode = of_shortcodes(text);
    let block = memchr::memmem::find_iter(text.as_bytes(), "wp:").find_map(|at| {
        let name = block(text, at)?;
        Some((text[..at].rfind("<!--")?, format!("the block {name}")))
    });
    match (shortcode, block) {
        (Some(one), Some(other)) => Some(if one.0 < other.0 { one } else { other }),
        (one, other) => one.or(other),
    }
}

fn of_shortcodes(text: &str) -> Option<(usize, String)> {
    let ends: HashSet<&str> = text
        .match_indices("[/")
        .filter_map(|(at, _)| name_at(text, at + 2))
        .collect();
    memchr::memchr_iter(b'[', text.as_bytes()).find_map(|at| {
        let name = shortcode(text, at, &ends)?;
        Some((at, format!("[{name}]")))
    })
}

/// By which field of a post all of it is kept back.
pub(crate) fn of_fields<'a>(
    mut fields: impl Iterator<Item = (&'a str, &'a str)>,
) -> Option<String> {
    fields.find_map(|(key, value)| {
        let (_, open) = FIELDS.iter().find(|(known, _)| *known == key)?;
        let value = value.trim().to_ascii_lowercase();
        (!open.contains(&&*value)).then(|| format!("the field {key}"))
    })
}

/// The name in the brackets at `at`, if what follows is for members.
fn shortcode<'a>(text: &'a str, at: usize, ends: &HashSet<&str>) -> Option<&'a str> {
    // [[so]] is [so] itself.
    if text[..at].ends_with('[') {
        return None;
    }
    let name = name_at(text, at + 1)?;
    let folded = name.trim_start_matches('_').to_ascii_lowercase();
    let is_inverse = ["not", "non", "logged_out", "loggedout"]
        .iter()
        .any(|word| folded.contains(word));
    let is_stem = !is_inverse && STEMS.iter().any(|stem| folded.contains(stem));
    if !is_stem && !SHORTCODES.contains(&&*folded) {
        return None;
    }
    let is_bare = text[at + 1 + name.len()..].starts_with(']');
    let is_word = WORDS.contains(&&*folded) && is_bare && !ends.contains(name);
    (!is_word).then_some(name)
}

/// The name of a shortcode that stands at `at`.
fn name_at(text: &str, at: usize) -> Option<&str> {
    name(&text[at..], |byte| matches!(byte, b'_' | b'-'))
}

/// The name of the block whose comment has `wp:` at `at`, if it keeps something back.
fn block(text: &str, at: usize) -> Option<&str> {
    let opens = text[..at].trim_end().ends_with("<!--");
    let name = name(&text[at + 3..], |byte| matches!(byte, b'/' | b'-' | b'_'))?;
    let is_one = |known: &&str| name.starts_with(*known);
    (opens && BLOCKS.iter().any(is_one)).then_some(name)
}

fn name(text: &str, also: impl Fn(u8) -> bool) -> Option<&str> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || also(*byte);
    let length = text.bytes().take(MAX_NAME).take_while(is_name).count();
    text.get(..length).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<usize>) {
        assert_eq!(of_text(text).map(|(at, _)| at), expected, "{text}");
    }

    #[test]
    fn what_members_only_read_is_known_by_its_shortcode_or_block() {
        for name in [
            "restrict",
            "members_only",
            "mepr-show",
            "wcm_restrict",
            "pms-restrict",
            "s2If",
            "_s2If",
            "membership level=\"1\"",
            "members_access role=\"x\"",
            "um_loggedin",
            "my_paywall_box",
            "site-restrict-part",
            "ihc-hide-content",
            "LoggedIn",
        ] {
            check(&format!("ab [{name}]c"), Some(3));
        }
        check("a[private]b[/private]", Some(1));
        check("a<!-- wp:jetpack/paywall /-->b[restrict]", Some(1));
        check("a<!--wp:pmpro/membership {\"levels\":[1]} -->b", Some(1));
    }

    #[test]
    fn other_brackets_are_words() {
        for text in [
            "He said [private] so [access] to [members]",
            "[[restrict]]",
            "[caption]a[/caption]",
            "[team_member name=\"x\"]",
            "[",
            "[]",
            "wp:jetpack/paywall",
            "[not_logged_in]",
            "<!-- wp:paragraph -->",
            "[/restrict]",
            "[gallery ids=\"1\"]",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn a_field_that_says_everybody_keeps_nothing_back() {
        for (key, value, is_gate) in [
            ("_jetpack_newsletter_access", "paid_subscribers", true),
            ("_jetpack_newsletter_access", "everybody", false),
            ("rcp_user_level", "All", false),
            ("rcp_subscription_level", "any-paid", true),
            ("_edit_last", "1", false),
        ] {
            let found = of_fields([(key, value)].into_iter());
            assert_eq!(found.is_some(), is_gate, "{key} {value}");
        }
    }
}
