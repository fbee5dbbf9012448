//! Builds anew when a message file is added or removed: the folder is
//! embedded, and the compiler sees changes only in files it knew already.

fn main() {
    println!("cargo::rerun-if-changed=../../messages");
}
