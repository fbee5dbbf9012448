//! The description of the routes for programs: `OpenAPI` 3.1, made of the routes and the
//! types that go over the wire.

use std::collections::BTreeMap;

use http::StatusCode;
use serde_json::{Map, Value as Json, json};
use store::apps::Scope;

use crate::api::{Answer, Api, json as answered};
use crate::problem::{Kind, PROBLEM as PROBLEM_TYPE};
use crate::query::Value;
use crate::routes::{Answers, PROBLEM, ROUTES, Route, Shape, Verb, Who};

/// The version of the interface: another first number would be another path.
const VERSION: &str = "1.0.0";

/// Problems that any route may have.
const EVERYWHERE: &[Kind] = &[Kind::Token, Kind::Often, Kind::Busy, Kind::Broken];

/// The whole description. The same for every publication, but for where it is, which a
/// client knows already: paths go on from the document's own place.
pub fn document() -> Json {
    let mut paths: BTreeMap<String, Map<String, Json>> = BTreeMap::new();
    for route in ROUTES {
        let path = paths.entry(format!("/{}", route.path)).or_default();
        path.insert(route.method.as_str().to_lowercase(), operation(route));
        if route.path.contains("{id}") {
            path.insert("parameters".to_owned(), json!([id()]));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Ludgate",
            "version": VERSION,
            "description": "Stories of a publication as far as each reader may have them, and \
                            readers’ own lists. What is read is decided and counted as on the \
                            publication’s pages.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "./", "description": "Where this document is." }],
        "tags": tags(),
        "security": [{}, { "token": [] }, { "browser": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas(),
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An access token, which a program has by OAuth 2.1: an \
                                    authorization code with PKCE.",
                },
                "browser": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "ludgate-session",
                    "description": "The session of a browser that is signed in; over https its \
                                    name is __Host-ludgate-session.",
                },
            },
        },
    })
}

fn tags() -> Vec<Json> {
    let mut tags: Vec<&str> = Vec::new();
    for route in ROUTES {
        if !tags.contains(&route.tag) {
            tags.push(route.tag);
        }
    }
    tags.into_iter().map(|tag| json!({ "name": tag })).collect()
}

fn id() -> Json {
    json!({
        "name": "id",
        "in": "path",
        "required": true,
        "description": "The story’s name in addresses.",
        "schema": {
            "type": "string",
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
            "maxLength": crate::query::LONGEST_SLUG,
        },
    })
}

fn operation(route: &Route) -> Json {
    let parameters = route.parameters.iter().map(|parameter| {
        json!({
            "name": parameter.name,
            "in": "query",
            "required": parameter.is_required,
            "description": parameter.about,
            "schema": value(parameter.value),
        })
    });
    let mut operation = json!({
        "operationId": route.id,
        "tags": [route.tag],
        "summary": route.summary,
        "parameters": parameters.collect::<Vec<_>>(),
        "responses": responses(route),
        "security": security(route.who),
    });
    if let Some(fields) = operation.as_object_mut() {
        if !route.about.is_empty() {
            fields.insert("description".to_owned(), json!(route.about));
        }
        if let Some(sends) = route.sends {
            let body = json!({
                "required": true,
                "content": { "application/json": { "schema": reference(sends) } },
            });
            fields.insert("requestBody".to_owned(), body);
        }
    }
    operation
}

/// Scopes aren't of `http` schemes in the words of `OpenAPI`, but 3.1 lets them be said.
fn security(who: Who) -> Json {
    match who {
        Who::Anybody => json!([{}]),
        Who::Reader(scope) => json!([{}, { "token": [scope.name()] }, { "browser": [] }]),
        Who::Account(scope) => json!([{ "token": [scope.name()] }, { "browser": [] }]),
    }
}

fn responses(route: &Route) -> Json {
    let mut responses: BTreeMap<String, Json> = BTreeMap::new();
    match route.answers {
        Answers::With(shape) => {
            let content = json!({ "application/json": { "schema": reference(shape) } });
            responses.insert(
                "200".to_owned(),
                json!({ "description": "Here it is.", "content": content }),
            );
        }
        Answers::Document => {
            let content = json!({ "application/json": { "schema": { "type": "object" } } });
            responses.insert(
                "200".to_owned(),
                json!({ "description": "Here it is.", "content": content }),
            );
        }
        Answers::Nothing => {
            responses.insert("204".to_owned(), json!({ "description": "Done." }));
        }
    }
    if route.who == Who::Anybody {
        let description = "What you have is still so, by its `ETag`.";
        responses.insert("304".to_owned(), json!({ "description": description }));
    }
    let mut by_status: BTreeMap<StatusCode, Vec<&str>> = BTreeMap::new();
    for kind in problems(route) {
        let (status, _, title) = kind.said();
        by_status.entry(status).or_default().push(title);
    }
    for (status, titles) in by_status {
        let content = json!({ PROBLEM_TYPE: { "schema": reference(PROBLEM) } });
        let response = json!({ "description": titles.join("; or: "), "content": content });
        responses.insert(status.as_u16().to_string(), response);
    }
    json!(responses)
}

/// All problems that a route may have, each once.
pub(crate) fn problems(route: &Route) -> Vec<Kind> {
    // A query is read at every route, if only to say that nothing can be asked with.
    let mut kinds = vec![Kind::Query];
    kinds.extend(route.problems);
    match route.who {
        Who::Anybody => {}
        Who::Reader(_) => kinds.push(Kind::Scope),
        Who::Account(_) => kinds.extend([Kind::SignIn, Kind::Scope]),
    }
    if route.method != Verb::Get {
        kinds.push(Kind::Elsewhere);
    }
    kinds.extend(EVERYWHERE);
    kinds
}

fn value(value: Value) -> Json {
    match value {
        Value::Words(longest) => {
            json!({ "type": "string", "minLength": 1, "maxLength": longest })
        }
        Value::Id => json!({
            "type": "string",
            "pattern": "^[^/]+$",
            "minLength": 1,
            "maxLength": crate::query::LONGEST_ID,
        }),
        Value::Language => {
            json!({ "type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$" })
        }
        Value::Number(least, most, usual) => json!({
            "type": "integer", "minimum": least, "maximum": most, "default": usual,
        }),
        Value::One(list) => json!({ "type": "string", "enum": list }),
        Value::Time => json!({ "type": "string", "format": "date-time" }),
        Value::Cursor => json!({
            "type": "string", "pattern": "^[A-Za-z0-9_-]+$", "minLength": 1,
            "maxLength": crate::cursor::LONGEST,
        }),
    }
}

fn reference(shape: Shape) -> Json {
    json!({ "$ref": format!("#/components/schemas/{}", (shape.name)()) })
}

fn schemas() -> BTreeMap<String, Json> {
    let mut found = Vec::new();
    let answers = ROUTES.iter().filter_map(|route| match route.answers {
        Answers::With(shape) => Some(shape),
        Answers::Document | Answers::Nothing => None,
    });
    let sends = ROUTES.iter().filter_map(|route| route.sends);
    for shape in answers.chain(sends).chain([PROBLEM]) {
        found.push(((shape.name)(), (shape.own)()));
        (shape.others)(&mut found);
    }
    let written = |(name, schema)| (name, serde_json::to_value(schema).unwrap_or_default());
    found.into_iter().map(written).collect()
}

impl Api {
    #[expect(clippy::unused_self, reason = "one of the handlers of routes")]
    pub(crate) fn document(&self) -> Answer {
        answered(&document())
    }
}

/// What a scope lets a program do, in words for programmers.
pub(crate) fn about(scope: Scope) -> &'static str {
    match scope {
        Scope::Read => "read stories as the reader, search, and see meters, entitlements, offers",
        Scope::Account => "see whose account it is: name, address, language",
        Scope::Saved => "see and change saved stories",
        Scope::History => "see and change the reading history",
    }
}
