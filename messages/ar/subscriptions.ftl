### What readers have: subscriptions, invoices, payment methods, seats. Every message may use $publication, the name of the publication.

subscription-more = المزيد من حسابك
subscription-to-account = العودة إلى حسابك
