//! Many rows in one statement: what a nightly run writes by the hundred
//! thousand. A statement goes to the database's thread and back, which costs
//! more than the row.

use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{AssertSqlSafe, FromRow, Sqlite};

use crate::connection::{Reading, Writing};
use crate::error::StoreError;

/// How many rows go into one statement, as many of the first as there are and of
/// the others what is left: enough to make the way to the database cheap, and
/// three statements instead of one for every number of rows. With 14 columns at
/// most that is far below SQLite's 32,766 placeholders.
pub(crate) const TOGETHER: [usize; 3] = [100, 10, 1];

/// An insertion of rows of one shape.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Insert {
    /// Its name in the list of statements.
    pub(crate) name: &'static str,
    /// `INSERT INTO table (columns)`.
    pub(crate) head: &'static str,
    /// How many columns.
    pub(crate) columns: usize,
    /// What follows the rows: nothing, for most.
    pub(crate) tail: &'static str,
}

/// A value of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// A text.
    Text(String),
    /// A text, or nothing.
    SomeText(Option<String>),
    /// A number.
    Number(i64),
    /// A number, or nothing.
    SomeNumber(Option<i64>),
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Self::SomeText(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Self::SomeNumber(number)
    }
}

/// A change of rows of one shape, each where what is expected of it holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Update {
    /// Its name in the list of statements.
    pub(crate) name: &'static str,
    /// `UPDATE table SET column = n.column2, …`
    pub(crate) head: &'static str,
    /// `table.id = n.column1 AND …`, and what is returned: the id.
    pub(crate) tail: &'static str,
    /// What its values are: PostgreSQL can't tell.
    pub(crate) columns: &'static [Kind],
}

/// A search for rows by their ids.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lookup {
    /// Its name in the list of statements.
    pub(crate) name: &'static str,
    /// `SELECT columns FROM table WHERE id`
    pub(crate) head: &'static str,
    /// How many values the head itself asks for, `$1` and so on.
    pub(crate) fixed: usize,
}

/// What a column holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// A text.
    Text,
    /// A number.
    Number,
}

impl Insert {
    /// The statement for so many rows.
    pub(crate) fn text(&self, rows: usize) -> String {
        let mut text = format!("{} VALUES ", self.head);
        let placeholder = |number: usize| format!("${}", number + 1);
        text.push_str(&tuples(rows, self.columns, placeholder));
        if !self.tail.is_empty() {
            text.push(' ');
            text.push_str(self.tail);
        }
        text
    }

    /// Inserts them, some at a time.
    pub(crate) async fn write(
        &self,
        writing: &mut Writing,
        rows: &[Vec<Value>],
    ) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        let part = writing.begins();
        for (count, some) in parts(rows) {
            let text = unnumbered(&self.text(count));
            for part in some.chunks(count) {
                let mut query = sqlx::query(AssertSqlSafe(text.clone()));
                for value in part.iter().flatten() {
                    query = bind(query, value.clone());
                }
                writing.run(query).await?;
            }
        }
        writing.ends(part);
        Ok(())
    }

    /// The same with a tail that returns ids: those of what was inserted.
    pub(crate) async fn write_new(
        &self,
        writing: &mut Writing,
        rows: &[Vec<Value>],
    ) -> Result<Vec<String>, StoreError> {
        ids(writing, rows, |count| self.text(count)).await
    }
}

impl Update {
    /// The statement for so many rows.
    pub(crate) fn text(&self, rows: usize) -> String {
        let placeholder = |number: usize| {
            let kind = match self.columns.get(number) {
                Some(Kind::Text) => "TEXT",
                Some(Kind::Number) => "BIGINT",
                // The first row says it for all.
                None => return format!("${}", number + 1),
            };
            format!("CAST(${} AS {kind})", number + 1)
        };
        let values = tuples(rows, self.columns.len(), placeholder);
        format!(
            "{} FROM (VALUES {values}) AS n WHERE {} RETURNING id",
            self.head, self.tail
        )
    }

    /// Changes them, and returns the ids of those of which it held.
    pub(crate) async fn write(
        &self,
        writing: &mut Writing,
        rows: &[Vec<Value>],
    ) -> Result<Vec<String>, StoreError> {
        ids(writing, rows, |count| self.text(count)).await
    }
}

impl Lookup {
    /// The statement for so many ids.
    pub(crate) fn text(&self, ids: usize) -> String {
        let placeholder = |number: usize| format!("${}", self.fixed + number + 1);
        format!("{} IN {}", self.head, tuples(1, ids, placeholder))
    }

    /// Finds them, in no order.
    pub(crate) async fn find<T>(
        &self,
        reading: &mut Reading,
        ids: &[String],
    ) -> Result<Vec<T>, StoreError>
    where
        T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        self.find_with(reading, &[], ids).await
    }

    /// The same, with what the head asks for.
    pub(crate) async fn find_with<T>(
        &self,
        reading: &mut Reading,
        fixed: &[&str],
        ids: &[String],
    ) -> Result<Vec<T>, StoreError>
    where
        T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        let mut found = Vec::with_capacity(ids.len());
        for (count, some) in parts(ids) {
            let text = self.text(count);
            for part in some.chunks(count) {
                let mut query = sqlx::query_as(AssertSqlSafe(text.clone()));
                for value in fixed {
                    query = query.bind(*value);
                }
                for id in part {
                    query = query.bind(id);
                }
                found.append(&mut query.fetch_all(reading.connection()).await?);
            }
        }
        Ok(found)
    }
}

/// Writes rows, and returns the ids that the statements return.
async fn ids(
    writing: &mut Writing,
    rows: &[Vec<Value>],
    text: impl Fn(usize) -> String,
) -> Result<Vec<String>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let whole = writing.begins();
    let mut ids = Vec::with_capacity(rows.len());
    for (count, some) in parts(rows) {
        let text = unnumbered(&text(count));
        for part in some.chunks(count) {
            let mut query = sqlx::query_as(AssertSqlSafe(text.clone()));
            for value in part.iter().flatten() {
                query = bind_as(query, value.clone());
            }
            let returned: Vec<(String,)> = writing.run_returning(query).await?;
            ids.extend(returned.into_iter().map(|(id,)| id));
        }
    }
    writing.ends(whole);
    Ok(ids)
}

/// What SQLite is asked: `?` for the `$1`, `$2`, … that the statements have for
/// PostgreSQL. They are in order, so both mean the same; but SQLite keeps the
/// names of numbered ones in a list, which is gone through for each value.
fn unnumbered(text: &str) -> String {
    let mut parts = text.split('$');
    let mut unnumbered = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        unnumbered.push('?');
        unnumbered.push_str(part.trim_start_matches(|digit: char| digit.is_ascii_digit()));
    }
    unnumbered
}

/// `(a, b), (c, d)`
fn tuples(rows: usize, columns: usize, placeholder: impl Fn(usize) -> String) -> String {
    let tuple = |row: usize| {
        let places: Vec<String> = (row * columns..(row + 1) * columns)
            .map(&placeholder)
            .collect();
        format!("({})", places.join(", "))
    };
    (0..rows).map(tuple).collect::<Vec<_>>().join(", ")
}

/// What goes together so many at a time.
fn parts<T>(all: &[T]) -> Vec<(usize, &[T])> {
    let mut left = all;
    let mut parts = Vec::with_capacity(TOGETHER.len());
    for count in TOGETHER {
        let (some, rest) = left.split_at(left.len() - left.len() % count);
        left = rest;
        if !some.is_empty() {
            parts.push((count, some));
        }
    }
    parts
}

fn bind(
    query: sqlx::query::Query<'_, Sqlite, SqliteArguments>,
    value: Value,
) -> sqlx::query::Query<'_, Sqlite, SqliteArguments> {
    match value {
        Value::Text(text) => query.bind(text),
        Value::SomeText(text) => query.bind(text),
        Value::Number(number) => query.bind(number),
        Value::SomeNumber(number) => query.bind(number),
    }
}

fn bind_as<T>(
    query: sqlx::query::QueryAs<'_, Sqlite, T, SqliteArguments>,
    value: Value,
) -> sqlx::query::QueryAs<'_, Sqlite, T, SqliteArguments> {
    match value {
        Value::Text(text) => query.bind(text),
        Value::SomeText(text) => query.bind(text),
        Value::Number(number) => query.bind(number),
        Value::SomeNumber(number) => query.bind(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_placeholder_of_its_own() {
        let insert = Insert {
            name: "T",
            head: "INSERT INTO t (a, b)",
            columns: 2,
            tail: "RETURNING a",
        };
        assert_eq!(
            insert.text(2),
            "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) RETURNING a"
        );
    }

    #[test]
    fn values_are_in_order_so_that_their_numbers_say_nothing() {
        let all = crate::statement::all();
        // Those of many rows, which are written here.
        let many = all.iter().filter(|statement| {
            statement.name.ends_with("_100") && statement.text.contains("VALUES")
        });
        let mut count = 0;
        for statement in many {
            let numbers: Vec<usize> = statement
                .text
                .split('$')
                .skip(1)
                .map(|part| {
                    let digits = part.chars().take_while(char::is_ascii_digit);
                    digits.collect::<String>().parse().expect("a number")
                })
                .collect();
            let in_order: Vec<usize> = (1..=numbers.len()).collect();
            assert_eq!(numbers, in_order, "{statement:?}");
            count += 1;
        }
        assert!(count > 15, "{count}");
        assert_eq!(
            unnumbered("VALUES ($1, CAST($2 AS TEXT)), ($10, $11)"),
            "VALUES (?, CAST(? AS TEXT)), (?, ?)"
        );
    }

    #[test]
    fn a_search_counts_on_from_what_its_head_asks_for() {
        let lookup = Lookup {
            name: "T",
            head: "SELECT b FROM t WHERE a = $1 AND id",
            fixed: 1,
        };
        assert_eq!(
            lookup.text(2),
            "SELECT b FROM t WHERE a = $1 AND id IN ($2, $3)"
        );
    }

    #[test]
    fn a_change_says_once_what_its_values_are() {
        let update = Update {
            name: "T",
            head: "UPDATE t SET b = n.column2",
            tail: "t.id = n.column1",
            columns: &[Kind::Text, Kind::Number],
        };
        assert_eq!(
            update.text(2),
            "UPDATE t SET b = n.column2 \
             FROM (VALUES (CAST($1 AS TEXT), CAST($2 AS BIGINT)), ($3, $4)) AS n \
             WHERE t.id = n.column1 RETURNING id"
        );
    }

    #[test]
    fn rows_go_together_and_the_rest_in_smaller_parts() {
        let rows: Vec<usize> = (0..213).collect();
        let sizes: Vec<(usize, usize)> = parts(&rows)
            .into_iter()
            .map(|(count, some)| (count, some.len()))
            .collect();
        assert_eq!(sizes, [(100, 200), (10, 10), (1, 3)]);
        assert!(parts::<usize>(&[]).is_empty());
    }
}
