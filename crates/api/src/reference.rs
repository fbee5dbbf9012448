//! The reference that people read: the same description, as Markdown.

use std::fmt::Write;

use serde_json::{Map, Value};
use store::apps::Scope;

use crate::description::{about, document, problems};
use crate::problem::Kind;
use crate::routes::{Answers, ROUTES, Route, Who};

/// Where it says that it is made.
const HEAD: &str = "# The programs’ interface

Made from the routes; a test of the crate `api` fails where it isn’t what they are, and says how to make it anew. The same as OpenAPI 3.1:
[openapi.json](api/openapi.json), which every publication serves at `/-/api/v1/openapi.json`. How an app is let in, step
by step: [Apps](../guides/apps.md).

All paths go on from `/-/api/v1/`. Answers are JSON in UTF-8. Fields are never taken away and never change what they mean;
new ones may come, so pass over what you don’t know. A parameter that a route doesn’t name is refused.

- **Who asks** is told by an access token (`Authorization: Bearer …`), or by the session of a browser that is signed in.
  Who shows neither is a reader without an account, known by a cookie from the first counted story on. A token that isn’t
  good is refused, whatever comes with it. With a cookie, what changes something has to come from the publication’s own
  pages.
- **Lists** are told in parts: `limit` says how many, and `next` of an answer is the `cursor` of the next part.
- **What is the same for everybody** may be kept for a minute and has an `ETag`; send it back as `If-None-Match`. All else
  is `private, no-store`.
- **Problems** are `application/problem+json` (RFC 9457).
- **How much** may be asked: of a session 600 at once, then five a second; of a network without one 2,000, then fifty.
  Whole stories are searched by an account thirty times at once, then once in two seconds, by all its programs and on its
  pages together; readers without one, whose network is entitled, have ten times as much between them. Beyond that comes
  `429` with `Retry-After`.
- **Scripts of other sites** are kept out, unless `[api] origins` names their origin, and never bring a reader’s cookies.
";

/// The reference.
pub fn reference() -> String {
    let mut out = String::from(HEAD);
    out.push_str("\n## Scopes\n\n| scope | lets a program |\n| --- | --- |\n");
    for scope in Scope::ALL {
        let _ = writeln!(out, "| `{}` | {} |", scope.name(), about(scope));
    }
    out.push_str("\n## Problems\n\n| type | status | title |\n| --- | --- | --- |\n");
    for kind in Kind::ALL {
        let (status, name, title) = kind.said();
        let status = status.as_u16();
        let _ = writeln!(out, "| `urn:ludgate:problem:{name}` | {status} | {title} |");
    }
    let mut tag = "";
    for route in ROUTES {
        if route.tag != tag {
            tag = route.tag;
            let _ = write!(out, "\n## {tag}\n");
        }
        one(&mut out, route);
    }
    out.push_str("\n## Types\n");
    let document = document();
    let schemas = document.pointer("/components/schemas");
    for (name, schema) in schemas.and_then(Value::as_object).into_iter().flatten() {
        shape(&mut out, name, schema);
    }
    out
}

fn one(out: &mut String, route: &Route) {
    let _ = write!(
        out,
        "\n### `{} {}`\n\n{}.",
        route.method.as_str(),
        route.path,
        route.summary
    );
    if !route.about.is_empty() {
        let _ = write!(out, " {}", route.about);
    }
    let who = match route.who {
        Who::Anybody => "anybody".to_owned(),
        Who::Reader(scope) => format!("any reader; a program with the scope `{}`", scope.name()),
        Who::Account(scope) => format!(
            "who is signed in; a program with the scope `{}`",
            scope.name()
        ),
    };
    let answers = match route.answers {
        Answers::With(shape) => link(&(shape.name)()),
        Answers::Document => "an object".to_owned(),
        Answers::Nothing => "nothing (`204`)".to_owned(),
    };
    let _ = write!(out, "\n\n- Who: {who}.\n- Answers: {answers}.\n");
    if let Some(sends) = route.sends {
        let _ = writeln!(out, "- Send: {}.", link(&(sends.name)()));
    }
    let names = problems(route).into_iter().map(|kind| kind.said().1);
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    let _ = writeln!(out, "- Problems: {}.", names.join(", "));
    if route.parameters.is_empty() {
        return;
    }
    out.push_str("\n| parameter | what |\n| --- | --- |\n");
    for parameter in route.parameters {
        let needed = if parameter.is_required {
            " (needed)"
        } else {
            ""
        };
        let _ = writeln!(
            out,
            "| `{}`{needed} | {} |",
            parameter.name, parameter.about
        );
    }
}

fn shape(out: &mut String, name: &str, schema: &Value) {
    let _ = write!(out, "\n### {name}\n\n{}\n", described(schema));
    let Some(fields) = schema.get("properties").and_then(Value::as_object) else {
        return;
    };
    out.push_str("\n| field | type | what |\n| --- | --- | --- |\n");
    for (field, of) in fields {
        let _ = writeln!(out, "| `{field}` | {} | {} |", kind(of), described(of));
    }
}

fn described(of: &Value) -> String {
    let text = of.get("description").and_then(Value::as_str);
    let words: Vec<&str> = text.unwrap_or_default().split_whitespace().collect();
    words.join(" ")
}

/// The type of a field in a word or two.
fn kind(of: &Value) -> String {
    let Some(fields) = of.as_object() else {
        return "anything".to_owned();
    };
    if let Some(name) = referred(fields) {
        return link(name);
    }
    if let Some(either) = fields.get("oneOf").and_then(Value::as_array) {
        let kinds = either
            .iter()
            .filter(|one| one.get("type") != Some(&"null".into()));
        let kinds: Vec<String> = kinds.map(kind).collect();
        return format!("{}, or null", kinds.join(" or "));
    }
    let named: Vec<&str> = match fields.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is_null = named.contains(&"null");
    let first = named
        .into_iter()
        .find(|one| *one != "null")
        .unwrap_or("anything");
    let format = fields.get("format").and_then(Value::as_str);
    let plain = match (first, fields.get("items"), format) {
        ("array", Some(items), _) => format!("list of {}", kind(items)),
        ("string", _, Some(format)) => format!("string, {format}"),
        (first, ..) => first.to_owned(),
    };
    if is_null {
        format!("{plain}, or null")
    } else {
        plain
    }
}

fn referred(fields: &Map<String, Value>) -> Option<&str> {
    let place = fields.get("$ref").and_then(Value::as_str)?;
    place.rsplit('/').next()
}

fn link(name: &str) -> String {
    format!("[{name}](#{})", name.to_lowercase())
}
