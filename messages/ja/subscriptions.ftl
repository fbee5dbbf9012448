### What readers have: subscriptions, invoices, payment methods, seats. Every message may use $publication, the name of the publication.

subscription-more = アカウントのその他の項目
subscription-to-account = アカウントに戻る
