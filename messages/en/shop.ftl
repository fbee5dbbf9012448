### The shop: offers, checkout, gifts. Every message may use $publication, the name of the publication.
