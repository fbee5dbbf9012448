//! What every matrix of attacks is made of, whichever site stands behind the
//! gate: the site as the attackers know it, attacks of one request and of
//! several, how they are made byte by byte, and how what comes of them is judged.
//!
//! Which site it is, and what is tried of it, is for the targets that use this.

mod attack;
mod front;
#[path = "../../../gateway/tests/support/hunt.rs"]
#[allow(dead_code, reason = "what its own tests use isn't needed here")]
mod hunt;
mod matrix;
mod readers;
#[path = "../it/recipe.rs"]
mod recipe;
pub(crate) mod scenes;
mod second;
#[path = "../it/secure.rs"]
mod secure;
mod site;
mod stage;
#[path = "../it/unpack.rs"]
mod unpack;
mod way;
mod wire;

pub(crate) use attack::{Attack, Proof, frames, get, raw};
pub(crate) use front::{Cut, Front, More, request};
pub(crate) use hunt::found;
pub(crate) use matrix::Matrix;
pub(crate) use readers::readers;
pub(crate) use second::Part;
pub(crate) use site::{HOME, SECRET, Site, Story};
pub(crate) use stage::Stage;
pub(crate) use way::{Door, Way};
pub(crate) use wire::{Reply, exchange, replies};
