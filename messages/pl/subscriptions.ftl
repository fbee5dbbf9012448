### What readers have: subscriptions, invoices, payment methods, seats. Every message may use $publication, the name of the publication.

subscription-more = Twoje konto
subscription-to-account = Wróć do konta
