//! A map that remembers so many things, and forgets the oldest.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize, Serializer};

/// At most `MAX` things, by their keys.
#[derive(Clone, Debug, Deserialize)]
#[serde(
    from = "Vec<(K, V)>",
    bound(deserialize = "K: Clone + Ord + Deserialize<'de>, V: Deserialize<'de>")
)]
pub(super) struct Recent<K, V, const MAX: usize> {
    map: BTreeMap<K, V>,
    /// The keys, the oldest first.
    order: VecDeque<K>,
}

impl<K: Clone + Ord, V, const MAX: usize> Recent<K, V, MAX> {
    pub(super) fn get(&self, key: &K) -> Option<&V> {
        self.map.get(key)
    }

    pub(super) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.map.get_mut(key)
    }

    /// Puts in what isn't there; what is stays as it is.
    pub(super) fn insert(&mut self, key: K, value: V) {
        if self.map.contains_key(&key) {
            return;
        }
        if self.order.len() >= MAX
            && let Some(oldest) = self.order.pop_front()
        {
            self.map.remove(&oldest);
        }
        self.order.push_back(key.clone());
        self.map.insert(key, value);
    }

    /// What is there, or else what is put there: the plainest of its kind.
    pub(super) fn at(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        self.insert(key.clone(), V::default());
        self.map.entry(key).or_default()
    }

    /// All of it, the oldest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.order
            .iter()
            .filter_map(|key| Some((key, self.map.get(key)?)))
    }
}

impl<K, V, const MAX: usize> Default for Recent<K, V, MAX> {
    fn default() -> Self {
        Self {
            map: BTreeMap::new(),
            order: VecDeque::new(),
        }
    }
}

impl<K: Clone + Ord, V, const MAX: usize> From<Vec<(K, V)>> for Recent<K, V, MAX> {
    fn from(pairs: Vec<(K, V)>) -> Self {
        let mut recent = Self::default();
        for (key, value) in pairs {
            recent.insert(key, value);
        }
        recent
    }
}

/// As pairs, one by one: all of it is tens of megabytes.
impl<K: Clone + Ord + Serialize, V: Serialize, const MAX: usize> Serialize for Recent<K, V, MAX> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_is_forgotten_and_what_is_written_down_comes_back() {
        let mut recent = Recent::<u8, &str, 2>::default();
        for (key, value) in [(9, "first"), (9, "again"), (1, "second"), (5, "third")] {
            recent.insert(key, value);
        }
        assert_eq!(recent.get(&9), None);
        let text = serde_json::to_string(&recent).expect("written");
        assert_eq!(text, r#"[[1,"second"],[5,"third"]]"#);
        let back: Recent<u8, String, 2> = serde_json::from_str(&text).expect("read");
        assert_eq!(back.get(&5).map(String::as_str), Some("third"));
    }
}
