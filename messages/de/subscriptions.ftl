### What readers have: subscriptions, invoices, payment methods, seats. Every message may use $publication, the name of the publication.

subscription-more = Mehr zu Ihrem Konto
subscription-to-account = Zurück zu Ihrem Konto
