//! Document types (sections 13.2.5.53 to 13.2.5.68 and 13.2.6.4.1): whether a
//! page is read as pages of the last century were, where a table doesn't close
//! a paragraph.

/// Public identifiers that begin with one of these, in lower case, are of the
/// last century.
const OLD: [&str; 55] = [
    "+//silmaril//dtd html pro v0r11 19970101//",
    "-//as//dtd html 3.0 aswedit + extensions//",
    "-//advasoft ltd//dtd html 3.0 aswedit + extensions//",
    "-//ietf//dtd html 2.0 level 1//",
    "-//ietf//dtd html 2.0 level 2//",
    "-//ietf//dtd html 2.0 strict level 1//",
    "-//ietf//dtd html 2.0 strict level 2//",
    "-//ietf//dtd html 2.0 strict//",
    "-//ietf//dtd html 2.0//",
    "-//ietf//dtd html 2.1e//",
    "-//ietf//dtd html 3.0//",
    "-//ietf//dtd html 3.2 final//",
    "-//ietf//dtd html 3.2//",
    "-//ietf//dtd html 3//",
    "-//ietf//dtd html level 0//",
    "-//ietf//dtd html level 1//",
    "-//ietf//dtd html level 2//",
    "-//ietf//dtd html level 3//",
    "-//ietf//dtd html strict level 0//",
    "-//ietf//dtd html strict level 1//",
    "-//ietf//dtd html strict level 2//",
    "-//ietf//dtd html strict level 3//",
    "-//ietf//dtd html strict//",
    "-//ietf//dtd html//",
    "-//metrius//dtd metrius presentational//",
    "-//microsoft//dtd internet explorer 2.0 html strict//",
    "-//microsoft//dtd internet explorer 2.0 html//",
    "-//microsoft//dtd internet explorer 2.0 tables//",
    "-//microsoft//dtd internet explorer 3.0 html strict//",
    "-//microsoft//dtd internet explorer 3.0 html//",
    "-//microsoft//dtd internet explorer 3.0 tables//",
    "-//netscape comm. corp.//dtd html//",
    "-//netscape comm. corp.//dtd strict html//",
    "-//o'reilly and associates//dtd html 2.0//",
    "-//o'reilly and associates//dtd html extended 1.0//",
    "-//o'reilly and associates//dtd html extended relaxed 1.0//",
    "-//sq//dtd html 2.0 hotmetal + extensions//",
    "-//softquad software//dtd hotmetal pro 6.0::19990601::extensions to html 4.0//",
    "-//softquad//dtd hotmetal pro 4.0::19971010::extensions to html 4.0//",
    "-//spyglass//dtd html 2.0 extended//",
    "-//sun microsystems corp.//dtd hotjava html//",
    "-//sun microsystems corp.//dtd hotjava strict html//",
    "-//w3c//dtd html 3 1995-03-24//",
    "-//w3c//dtd html 3.2 draft//",
    "-//w3c//dtd html 3.2 final//",
    "-//w3c//dtd html 3.2//",
    "-//w3c//dtd html 3.2s draft//",
    "-//w3c//dtd html 4.0 frameset//",
    "-//w3c//dtd html 4.0 transitional//",
    "-//w3c//dtd html experimental 19960712//",
    "-//w3c//dtd html experimental 970421//",
    "-//w3c//dtd w3 html//",
    "-//w3o//dtd w3 html 3.0//",
    "-//webtechs//dtd mozilla html 2.0//",
    "-//webtechs//dtd mozilla html//",
];

/// These too, where no system identifier follows.
const OLD_ALONE: [&str; 2] = [
    "-//w3c//dtd html 4.01 frameset//",
    "-//w3c//dtd html 4.01 transitional//",
];

/// Old as a whole.
const OLD_WHOLE: [&str; 3] = [
    "-//w3o//dtd w3 html strict 3.0//en//",
    "-/w3c/dtd html 4.0 transitional/en",
    "html",
];

const OLD_SYSTEM: &str = "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd";

const SPACE: [char; 5] = ['\t', '\n', '\x0c', '\r', ' '];

/// Whether the document type `token`, from its bracket to its bracket, asks
/// for the quirks.
pub(super) fn asks_for_quirks(token: &str) -> bool {
    let token = token.to_ascii_lowercase();
    let content = token
        .strip_prefix("<!doctype")
        .and_then(|rest| rest.strip_suffix('>'));
    content.and_then(modern).is_none()
}

/// `None` for what is broken or old. What comes between the marks is as the
/// tokenizer of the standard has it: any of it may be missing.
fn modern(content: &str) -> Option<()> {
    let content = content.trim_start_matches(SPACE);
    let (name, rest) = content.split_at(content.find(SPACE).unwrap_or(content.len()));
    let rest = rest.trim_start_matches(SPACE);
    if name != "html" {
        return None;
    }
    if rest.is_empty() {
        return Some(());
    }
    if let Some(system) = rest.strip_prefix("system") {
        let (system, _) = quoted(system)?;
        return (system != OLD_SYSTEM).then_some(());
    }
    let (public, rest) = quoted(rest.strip_prefix("public")?)?;
    let system = match rest.trim_matches(SPACE) {
        "" => None,
        _ => Some(quoted(rest)?.0),
    };
    let old = OLD.iter().any(|old| public.starts_with(old))
        || OLD_WHOLE.contains(&public)
        || system == Some(OLD_SYSTEM)
        || system.is_none() && OLD_ALONE.iter().any(|old| public.starts_with(old));
    (!old).then_some(())
}

/// The text between the quotes that come next, and what follows them.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(SPACE);
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    text[1..].split_once(quote)
}

#[cfg(test)]
mod tests {
    use html5ever::tendril::TendrilSink;
    use html5ever::tree_builder::QuirksMode;
    use markup5ever_rcdom::RcDom;

    use super::*;

    fn check(doctype: &str) {
        let dom = html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default())
            .one(format!("{doctype}<p>a"));
        let quirks = dom.quirks_mode.get() == QuirksMode::Quirks;
        assert_eq!(asks_for_quirks(doctype), quirks, "{doctype}");
    }

    #[test]
    fn every_document_type_is_taken_for_what_an_independent_parser_takes_it_for() {
        let xhtml = "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd";
        let all = [&OLD[..], &OLD_ALONE, &OLD_WHOLE].concat();
        // That parser's list lacks one of the standard's.
        let mut names: Vec<String> = all
            .iter()
            .filter(|name| !name.starts_with("+//silmaril"))
            .map(|name| (*name).to_owned())
            .collect();
        for name in [
            "-//W3C//DTD XHTML 1.0 Transitional//EN",
            "-//W3C//DTD HTML 4.01//EN",
            "x",
            "",
        ] {
            names.push(name.to_owned());
        }
        for name in &names {
            for name in [name.clone(), format!("{name}EN"), name.to_ascii_uppercase()] {
                for end in [
                    "",
                    " ",
                    " \"\"",
                    &format!(" \"{xhtml}\""),
                    "''",
                    " 'x' y",
                    " x",
                ] {
                    check(&format!("<!DOCTYPE html PUBLIC \"{name}\"{end}>"));
                }
            }
        }
        for doctype in [
            "<!DOCTYPE html>",
            "<!doctype\tHTML >",
            "<!doctypehtml>",
            "<!DOCTYPE>",
            "<!DOCTYPE >",
            "<!DOCTYPE svg>",
            "<!DOCTYPE html x>",
            "<!DOCTYPE html SYSTEM>",
            "<!DOCTYPE html SYSTEM \"about:legacy-compat\">",
            "<!DOCTYPE html system'x'>",
            "<!DOCTYPE html SYSTEM \"x>",
            "<!DOCTYPE html SYSTEM \"x\" y>",
            &format!("<!DOCTYPE html SYSTEM '{OLD_SYSTEM}'>"),
            "<!DOCTYPE html PUBLIC>",
            "<!DOCTYPE html PUBLIC x>",
            "<!DOCTYPE html PUBLIC \"x>",
            "<!DOCTYPE html PUBLIC'x'>",
            "<!DOCTYPE html PUBLIC 'x' \"y>",
            "<!DOCTYPE html/>",
            "<!DOCTYPE html\0>",
        ] {
            check(doctype);
        }
    }
}
