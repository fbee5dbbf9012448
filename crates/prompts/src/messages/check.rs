//! What messages there are and what each may use; and whether a publisher's
//! file keeps to it.
//!
//! The vocabulary is read from the built-in files. A message may use every
//! placeholder that it uses in some locale, and those that the comments over
//! the English one name: the comment of the message, of its group (`##`) or of
//! its file (`###`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{
    CallArguments, Comment, Entry, Expression, InlineExpression, Pattern, PatternElement,
};
use fluent_syntax::parser::{self, ErrorKind};

use super::{Layers, old_style};
use crate::load_error::{LoadError, Problem, column_at, line_at, nearest};
use crate::locale::Locale;

/// How deep placeables may lie in each other: one choice within another within
/// a third, each form in braces of its own, takes six.
const MAX_NESTING: usize = 16;

/// One file of messages.
pub(super) struct File {
    path: String,
    pub(super) resource: Arc<FluentResource>,
}

/// What one message uses.
#[derive(Default)]
struct Uses {
    variables: BTreeSet<String>,
    messages: BTreeSet<String>,
}

/// Every message that there is, with the placeholders that it may use.
pub(super) struct Vocabulary(BTreeMap<String, BTreeSet<String>>);

impl File {
    /// Parses the file; what is wrong with its syntax goes to `errors`, the
    /// rest of it stays.
    pub(super) fn parse(
        path: String,
        locale: &Locale,
        text: &str,
        errors: &mut Vec<LoadError>,
    ) -> Self {
        if let Some(line) = nested_too_deep(text) {
            let reason = format!("braces lie more than {MAX_NESTING} deep in each other");
            let problem = Problem::Syntax(reason);
            errors.push(LoadError {
                file: path.clone(),
                line: Some(line),
                problem,
            });
            return Self {
                path,
                resource: Arc::new(empty()),
            };
        }
        let (text, problems) = old_style::rewrite(text, locale);
        for (line, problem) in problems {
            errors.push(LoadError {
                file: path.clone(),
                line: Some(line),
                problem,
            });
        }
        let resource = match FluentResource::try_new(text) {
            Ok(resource) => resource,
            Err((resource, found)) => {
                for error in found {
                    let (source, start) = (resource.source(), error.pos.start);
                    errors.push(LoadError {
                        file: path.clone(),
                        line: Some(line_at(source, start)),
                        problem: Problem::Syntax(format!(
                            "column {}: {}",
                            column_at(source, start),
                            in_a_sentence(&error.kind)
                        )),
                    });
                }
                resource
            }
        };
        Self {
            path,
            resource: Arc::new(resource),
        }
    }

    /// The names of its messages.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.resource.entries().filter_map(|entry| match entry {
            Entry::Message(message) => Some(message.id.name),
            _ => None,
        })
    }

    /// An error at the line on which the message `key` begins.
    pub(super) fn error(&self, key: &str, problem: Problem) -> LoadError {
        self.error_at(key, None, problem)
    }

    /// An error at the first place where `what` is said in the message `key`,
    /// or else where the message begins.
    fn error_at(&self, key: &str, what: Option<&str>, problem: Problem) -> LoadError {
        let source = self.resource.source();
        let start = message_start(source, key);
        let place = match (start, what) {
            (Some(start), Some(what)) => source[start..]
                .find(what)
                .map(|offset| start + offset)
                .or(Some(start)),
            _ => start,
        };
        LoadError {
            file: self.path.clone(),
            line: place.map(|offset| line_at(source, offset)),
            problem,
        }
    }
}

/// What the parser didn't find, as something to do about it.
fn in_a_sentence(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::ExpectedToken(token) => format!("\"{token}\" is missing here"),
        // Asked for after the `->` of a choice, and nowhere else.
        ErrorKind::ExpectedCharRange { range } if range.contains('\n') => {
            "the line should end after ->; write each form of the choice on a line of its own"
                .to_owned()
        }
        ErrorKind::ExpectedCharRange { range } => {
            format!("a name or number should begin here, with one of {range}")
        }
        ErrorKind::ExpectedMessageField { entry_id }
        | ErrorKind::ExpectedTermField { entry_id } => {
            format!("\"{entry_id}\" has no text; write {entry_id} = and then the text")
        }
        ErrorKind::MissingDefaultVariant => {
            "one form of the choice must be marked with a star, as *[other]".to_owned()
        }
        ErrorKind::MultipleDefaultVariants => {
            "only one form of the choice may be marked with a star".to_owned()
        }
        ErrorKind::MissingValue => "a text is missing here".to_owned(),
        ErrorKind::UnbalancedClosingBrace => {
            "this brace closes nothing; write { \"}\" } for one in the text".to_owned()
        }
        ErrorKind::ExpectedInlineExpression => {
            "a placeholder such as { $left } should stand within the braces; write { \"{\" } for \
             a brace in the text"
                .to_owned()
        }
        ErrorKind::UnterminatedStringLiteral => "a closing quotation mark is missing".to_owned(),
        other => format!("this is not written as Fluent wants it ({other})"),
    }
}

/// The first line on which braces lie too deep in each other.
///
/// The parser goes down the stack with each of them. Every message starts
/// afresh, so that a brace left open in one isn't held against the others.
fn nested_too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.lines()
        .position(|line| {
            if line.starts_with('#') {
                return false;
            }
            if line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-') {
                depth = 0;
            }
            line.bytes().any(|byte| {
                match byte {
                    b'{' => depth += 1,
                    b'}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                depth > MAX_NESTING
            })
        })
        .map(|index| index + 1)
}

fn empty() -> FluentResource {
    let (Ok(resource) | Err((resource, _))) = FluentResource::try_new(String::new());
    resource
}

/// Where the message `key` begins: the syntax tree has no positions, but a
/// message always begins its line.
fn message_start(source: &str, key: &str) -> Option<usize> {
    let mut offset = 0;
    for line in source.split_inclusive('\n') {
        let rest = line.strip_prefix(key).map(str::trim_start);
        if rest.is_some_and(|rest| rest.starts_with('=')) {
            return Some(offset);
        }
        offset += line.len();
    }
    None
}

impl Vocabulary {
    /// The vocabulary of the built-in files.
    pub(super) fn of(builtin: &Layers) -> Self {
        let mut uses: BTreeMap<String, Uses> = BTreeMap::new();
        for (locale, files) in builtin {
            for file in files {
                collect(file, *locale == Locale::english(), &mut uses);
            }
        }
        inherit(&mut uses);
        Self(
            uses.into_iter()
                .map(|(key, uses)| (key, uses.variables))
                .collect(),
        )
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    pub(super) fn nearest(&self, key: &str) -> Option<String> {
        nearest(key, self.keys())
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(super) fn variables(&self, key: &str) -> impl Iterator<Item = &str> {
        self.0.get(key).into_iter().flatten().map(String::as_str)
    }

    /// Whether every message of a publisher's file exists and uses only what
    /// it is given.
    pub(super) fn check(&self, file: &File, errors: &mut Vec<LoadError>) {
        let mut seen = BTreeSet::new();
        for entry in file.resource.entries() {
            let Entry::Message(message) = entry else {
                continue;
            };
            let key = message.id.name;
            if !seen.insert(key) {
                errors.push(file.error(
                    key,
                    Problem::Twice {
                        key: key.to_owned(),
                    },
                ));
            }
            if !self.has(key) {
                errors.push(file.error(key, self.unknown(key)));
                continue;
            }
            let mut uses = Uses::default();
            if let Some(pattern) = &message.value {
                walk(pattern, &mut uses);
            }
            for name in uses
                .variables
                .iter()
                .filter(|name| !self.0[key].contains(*name))
            {
                let written = format!("${name}");
                errors.push(file.error_at(key, Some(&written), self.misplaced(key, &written)));
            }
            for other in uses.messages.iter().filter(|other| !self.has(other)) {
                errors.push(file.error_at(key, Some(other), self.unknown(other)));
            }
        }
    }

    fn unknown(&self, key: &str) -> Problem {
        Problem::UnknownMessage {
            key: key.to_owned(),
            suggestion: self.nearest(key),
        }
    }

    fn misplaced(&self, key: &str, written: &str) -> Problem {
        let known: Vec<String> = self.variables(key).map(|name| format!("${name}")).collect();
        Problem::UnknownPlaceholder {
            key: key.to_owned(),
            name: written.to_owned(),
            suggestion: nearest(written, known.iter().map(String::as_str)),
            known,
        }
    }
}

/// Adds what each message of a built-in file uses and, where `comments` count,
/// what its comments name.
fn collect(file: &File, comments: bool, uses: &mut BTreeMap<String, Uses>) {
    // Parsed once more: what is loaded for formatting has no comments.
    let (Ok(tree) | Err((tree, _))) = parser::parse(file.resource.source());
    let (mut of_file, mut of_group) = (BTreeSet::new(), BTreeSet::new());
    for entry in &tree.body {
        match entry {
            Entry::ResourceComment(comment) => of_file.extend(named(comment)),
            Entry::GroupComment(comment) => of_group = named(comment),
            Entry::Message(message) => {
                let uses = uses.entry(message.id.name.to_owned()).or_default();
                if let Some(pattern) = &message.value {
                    walk(pattern, uses);
                }
                if comments {
                    uses.variables
                        .extend(of_file.iter().chain(&of_group).cloned());
                    uses.variables
                        .extend(message.comment.iter().flat_map(named));
                }
            }
            Entry::Term(_) | Entry::Comment(_) | Entry::Junk { .. } => {}
        }
    }
}

/// The placeholders that a comment names.
fn named(comment: &Comment<&str>) -> BTreeSet<String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    comment
        .content
        .iter()
        .flat_map(|line| line.split('$').skip(1))
        .map(|rest| {
            rest.split(|c| !is_name(c))
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .filter(|name| !name.is_empty())
        .collect()
}

/// Gives each message the placeholders of the messages that it refers to, and
/// of those that these refer to. Ends because the sets only grow.
fn inherit(uses: &mut BTreeMap<String, Uses>) {
    loop {
        let mut grown = false;
        let keys: Vec<String> = uses.keys().cloned().collect();
        for key in keys {
            let inherited: BTreeSet<String> = uses[&key]
                .messages
                .iter()
                .filter_map(|other| uses.get(other))
                .flat_map(|other| other.variables.iter().cloned())
                .collect();
            if let Some(own) = uses.get_mut(&key) {
                let before = own.variables.len();
                own.variables.extend(inherited);
                grown |= own.variables.len() > before;
            }
        }
        if !grown {
            return;
        }
    }
}

fn walk(pattern: &Pattern<&str>, uses: &mut Uses) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            walk_expression(expression, uses);
        }
    }
}

fn walk_expression(expression: &Expression<&str>, uses: &mut Uses) {
    match expression {
        Expression::Inline(inline) => walk_inline(inline, uses),
        Expression::Select { selector, variants } => {
            walk_inline(selector, uses);
            for variant in variants {
                walk(&variant.value, uses);
            }
        }
    }
}

fn walk_inline(inline: &InlineExpression<&str>, uses: &mut Uses) {
    match inline {
        InlineExpression::VariableReference { id } => {
            uses.variables.insert(id.name.to_owned());
        }
        InlineExpression::MessageReference { id, .. } => {
            uses.messages.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => walk_arguments(arguments, uses),
        InlineExpression::TermReference { arguments, .. } => {
            if let Some(arguments) = arguments {
                walk_arguments(arguments, uses);
            }
        }
        InlineExpression::Placeable { expression } => walk_expression(expression, uses),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
    }
}

fn walk_arguments(arguments: &CallArguments<&str>, uses: &mut Uses) {
    for argument in &arguments.positional {
        walk_inline(argument, uses);
    }
    for argument in &arguments.named {
        walk_inline(&argument.value, uses);
    }
}
