//! Many rows in one statement: what a nightly run writes by the hundred
//! thousand. A statement goes to the database's thread and back, which costs
//! more than the row.

use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, Sqlite};

use crate::connection::Writing;
use crate::error::StoreError;

/// How many rows go into one statement: enough to make the way to the database
/// cheap. With 14 columns at most that is far below SQLite's 32,766
/// placeholders.
pub(crate) const TOGETHER: usize = 32;

/// An insertion of rows of one shape.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Insert {
    /// Its name in the list of statements.
    pub(crate) name: &'static str,
    /// `INSERT INTO table (columns)`.
    pub(crate) head: &'static str,
    /// How many columns.
    pub(crate) columns: usize,
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

impl Insert {
    /// The statement for so many rows.
    pub(crate) fn text(&self, rows: usize) -> String {
        let mut text = format!("{} VALUES ", self.head);
        for row in 0..rows {
            text.push_str(if row == 0 { "(" } else { ", (" });
            for column in 0..self.columns {
                text.push_str(if column == 0 { "$" } else { ", $" });
                text.push_str(&(row * self.columns + column + 1).to_string());
            }
            text.push(')');
        }
        text
    }

    /// Inserts them, some at a time and the rest one by one, so that there are
    /// two statements and not one for every number of rows.
    pub(crate) async fn write(
        &self,
        writing: &mut Writing,
        rows: Vec<Vec<Value>>,
    ) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        let part = writing.begins();
        let (many, one) = (self.text(TOGETHER), self.text(1));
        for chunk in rows.chunks(TOGETHER) {
            if chunk.len() == TOGETHER {
                run(writing, many.clone(), chunk).await?;
                continue;
            }
            for row in chunk {
                run(writing, one.clone(), std::slice::from_ref(row)).await?;
            }
        }
        writing.ends(part);
        Ok(())
    }
}

async fn run(writing: &mut Writing, text: String, rows: &[Vec<Value>]) -> Result<(), StoreError> {
    let mut query = sqlx::query(AssertSqlSafe(text));
    for value in rows.iter().flatten() {
        query = bind(query, value.clone());
    }
    writing.run(query).await?;
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_placeholder_of_its_own() {
        let insert = Insert {
            name: "T",
            head: "INSERT INTO t (a, b)",
            columns: 2,
        };
        assert_eq!(
            insert.text(2),
            "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4)"
        );
    }
}
