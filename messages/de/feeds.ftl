## Die eigenen Feeds eines Lesers, mit ganzen Artikeln, auf den Seiten des Kontos.

feeds-title = Ihre Feeds
feeds-pitch = Lesen Sie { $publication } in Ihrem Feedreader: Was Sie mit Ihrem Abonnement lesen dürfen, kommt ganz, alles andere mit einem Auszug, der auf unsere Seiten führt.
feeds-secret = Die Adresse ist wie ein Passwort: Wer sie hat, liest, was Sie lesen dürfen. Geben Sie sie Ihrem Feedreader und niemandem sonst. Was Sie dort lesen, wird nicht gezählt, und wir merken uns davon nur den Tag, an dem die Adresse zuletzt benutzt wurde.
feeds-all = Alle Artikel
feeds-sections = Nur ein Ressort
feeds-made-title = Ihre neue Adresse
feeds-made = Kopieren Sie sie jetzt in Ihren Feedreader: Sie wird nur dieses eine Mal gezeigt. Eine Adresse, die Sie vorher hatten, gilt nicht mehr.
feeds-yours = Ihre Adresse
feeds-since = Sie haben sie seit { $day }.
feeds-used = Zuletzt benutzt wurde sie am { $day }.
feeds-unused = Sie wurde noch nicht benutzt.
feeds-hidden = Wir behalten nur eine Spur von ihr, an der wir sie wiedererkennen, und können sie Ihnen deshalb kein zweites Mal zeigen.
feeds-ended = Ihre Adresse wurde am { $day } beendet. Sie gilt nicht mehr.
feeds-spread = Am { $day } wurde Ihre Adresse von sehr vielen Orten aus benutzt. Falls andere sie haben könnten, ersetzen Sie sie.
feeds-make-title = Eine Adresse anlegen
feeds-make = Meine Adresse anlegen
feeds-other = Ersetzen oder beenden
feeds-renew-pitch = Wenn Sie die Adresse verloren haben oder andere sie haben könnten, legen Sie eine neue an: Die alte endet in diesem Augenblick.
feeds-renew = Neue anlegen
feeds-end = Adresse beenden

feeds-nowhere = Unter dieser Adresse gibt es keinen Feed.
feeds-too-often = Dieser Feed wird zu oft abgerufen. Bitte versuchen Sie es später noch einmal.
feeds-later = Dieser Feed ist gerade nicht zu haben. Bitte versuchen Sie es später noch einmal.

## Feeds für alle.

pub-feeds = Feeds
pub-feeds-pitch = Neue Artikel in Ihrem Feedreader, mit Überschrift und Zusammenfassung. Kopieren Sie eine dieser Adressen hinein.
pub-feeds-all = Alle Artikel
pub-feeds-others = Auch jedes Thema und jeder Autor hat Feeds: Feedreader finden sie unter der Adresse der Seite.
pub-feeds-own = Wer ein Konto hat, kann eigene Feeds haben, in denen ganz kommt, was er lesen darf:
pub-feed-title = { $name } – { $paper }
