//! The names of query parameters, as the languages read them that sites are
//! written in.
//!
//! PHP makes an underscore of a dot, of a space and of a bracket that nothing
//! closes, and passes over spaces before a name (`php_register_variable_ex`). A
//! name that is closed must be recognised however it is written.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// The name of the parameter `pair`, with its escapes undone.
pub(crate) fn name(pair: &str) -> String {
    let name = pair.split('=').next().unwrap_or_default();
    let name = name.replace('+', " ");
    percent_decode_str(&name).decode_utf8_lossy().into_owned()
}

/// What a site may take the name for: as it is, without what a bracket adds to
/// it, and as PHP reads it where nothing closes the bracket.
pub(crate) fn readings(name: String) -> [Cow<'static, str>; 3] {
    let underscored = name.trim_start_matches(' ').replace([' ', '.', '['], "_");
    let of_a_list = name.split(['[', '\0']).next().unwrap_or_default();
    let of_a_list = of_a_list.trim_start_matches(' ').replace([' ', '.'], "_");
    [name.into(), of_a_list.into(), underscored.into()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_recognised_however_it_is_written() {
        for pair in [
            "rest_route=/wp",
            "rest_route",
            "rest_route[]=x",
            "rest_route%5B0%5D=x",
            "rest%5Froute=x",
            "rest.route=x",
            "rest%2Eroute=x",
            "rest+route=x",
            "rest%20route=x",
            "rest[route=x",
            "rest%5Broute=x",
            "+rest_route=x",
            "%20%20rest_route=x",
            "rest_route%00x=y",
        ] {
            let readings = readings(name(pair));
            assert!(
                readings.iter().any(|name| name == "rest_route"),
                "{pair}: {readings:?}"
            );
        }
        for pair in [
            "rest=route",
            "xrest_route=x",
            "rest-route=x",
            "s=rest_route",
        ] {
            let readings = readings(name(pair));
            assert!(
                readings.iter().all(|name| name != "rest_route"),
                "{pair}: {readings:?}"
            );
        }
    }
}
