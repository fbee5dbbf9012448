### What readers have: subscriptions, invoices, payment methods, seats. Every message may use $publication, the name of the publication.

subscription-more = More of your account
subscription-to-account = Back to your account
