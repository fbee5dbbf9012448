### What readers have: subscriptions, invoices, payment methods, seats. Every message may use $publication, the name of the publication.

subscription-more = Votre compte
subscription-to-account = Retour à votre compte
