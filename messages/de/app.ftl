## Die App: gemerkte Artikel und Kopien davon auf einem Gerät.

app-title = Leseliste
app-front = Startseite
app-search = Suche
app-pitch = Artikel, die Sie sich gemerkt haben, für später und für unterwegs ohne Netz.
app-anonymous = Bitte melden Sie sich an, um Artikel zu merken und Ihre Liste zu sehen.
app-sign-in = Anmelden
app-lacks = Artikel zu merken und ohne Netz zu lesen gehört zu Abonnements mit den Apps. Hier lesen Sie weiter wie bisher.
app-offers = Unsere Angebote
app-lease = { $days ->
    [1] Kopien bleiben einen Tag auf diesem Gerät und werden erneuert, sooft Sie online sind. Beim Abmelden werden sie gelöscht.
   *[other] Kopien bleiben bis zu { $days } Tage auf diesem Gerät und werden erneuert, sooft Sie online sind. Beim Abmelden werden sie gelöscht.
}
app-lease-hours = { $hours ->
    [1] Kopien bleiben eine Stunde auf diesem Gerät und werden erneuert, sooft Sie online sind. Beim Abmelden werden sie gelöscht.
   *[other] Kopien bleiben bis zu { $hours } Stunden auf diesem Gerät und werden erneuert, sooft Sie online sind. Beim Abmelden werden sie gelöscht.
}
app-none = Sie haben sich noch keinen Artikel gemerkt. Öffnen Sie einen und wählen Sie „Merken“.
app-saved = Gemerkt am { $day }
app-remove = Von der Liste nehmen
app-forget = Alle Kopien auf diesem Gerät löschen
app-keep = Offline behalten
app-keep-all = Alle offline behalten
app-kept = Auf diesem Gerät bis { $day }
app-drop = Kopie löschen
app-read = Kopie lesen
app-close = Artikel schließen
app-over = Die Zeit der Kopie ist abgelaufen, ihr Text wurde gelöscht. Sobald Sie wieder online sind, können Sie ihn mit Ihrem Abonnement erneut behalten.
app-clock = Die Uhr dieses Geräts wurde zurückgestellt. Wie lange die Kopie gilt, ist daher nicht bekannt, und ihr Text wurde gelöscht. Sobald Sie wieder online sind, können Sie ihn erneut behalten.
app-busy = Der Artikel wird gespeichert …
app-full = Für weitere Artikel ist kein Platz. Löschen Sie zuerst einige Kopien.
app-not-whole = Ihr Abonnement enthält diesen Artikel nicht ganz, darum kann er nicht behalten werden.
app-failed = Das ging nicht. Bitte versuchen Sie es erneut, wenn Sie online sind.
app-script = Kopien zum Lesen ohne Netz brauchen JavaScript, das hier ausgeschaltet ist. Ihre Liste geht auch ohne.
app-offline-title = Sie sind offline
app-offline = Diese Seite ist gerade nicht zu haben. Auf diesem Gerät sind diese Artikel:
app-nothing = Auf diesem Gerät sind keine Artikel.
app-install = Über das Menü Ihres Browsers können Sie { $publication } auf den Startbildschirm legen. Wir sagen das nur dieses eine Mal.
app-install-do = Installieren
app-install-no = Schließen

# Auf der Seite eines Artikels.
app-save = Merken
app-save-kept = Gemerkt und auf diesem Gerät behalten.
app-save-saved = Gemerkt.
