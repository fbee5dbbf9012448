account-back = Zur Titelseite
account-mail = E-Mail-Adresse
account-password = Passwort
account-new-password = Neues Passwort
account-password-hint = Mindestens { $least } Zeichen. Mehrere Wörter sind sicher und leicht zu merken.
account-name = Ihr Name
account-optional = (freiwillig)

account-login-title = Anmelden
account-login-button = Anmelden
account-link-hint = Es geht auch ohne Passwort: Wir schicken einen Link an Ihre Adresse.
account-link-button = Link schicken
account-forgot-link = Passwort vergessen?
account-no-account = Noch kein Konto?
account-have-account = Haben Sie schon ein Konto?
account-wrong = Die Adresse oder das Passwort stimmt nicht.

account-register-title = Konto anlegen
account-register-pitch = Es ist kostenlos und in einer Minute eingerichtet.
account-register-button = Konto anlegen

account-sent-title = Sehen Sie in Ihre Post
account-sent = Wir haben eine Nachricht an { $mail } geschickt. Folgen Sie dem Link darin.
account-sent-minutes = { $minutes ->
    [one] Der Link gilt { $minutes } Minute lang und einmal.
   *[other] Der Link gilt { $minutes } Minuten lang und einmal.
}
account-sent-here = Er funktioniert nur in diesem Browser.
account-sent-nothing = Nichts angekommen? Sehen Sie bei den unerwünschten Nachrichten nach, und prüfen Sie die Adresse.

account-confirm-title = Adresse bestätigen
account-confirm-pitch = Noch ein Klick, damit niemand außer Ihnen den Link benutzt.
account-confirm-password = Sie sind in einem anderen Browser als zuvor. Bitte geben Sie das Passwort ein, das Sie gewählt haben.
account-confirm-button = Bestätigen und anmelden
account-wrong-password = Das ist nicht das Passwort, das Sie gewählt haben.
account-link-over-title = Dieser Link gilt nicht mehr
account-link-over = Er wurde schon benutzt, oder seine Zeit ist abgelaufen. Wenn Sie eben zweimal gedrückt haben, sind Sie schon angemeldet.
account-link-again = Einen neuen anfordern
account-elsewhere-title = Dieser Link gehört in einen anderen Browser
account-elsewhere = Er funktioniert nur dort, wo Sie ihn angefordert haben. Öffnen Sie ihn dort, oder fordern Sie hier einen neuen an.

account-reset-title = Neues Passwort festlegen
account-forgot-pitch = Nennen Sie uns Ihre Adresse. Wir schicken Ihnen einen Link, mit dem Sie ein neues festlegen können.
account-forgot-button = Link schicken
account-reset-note = Alle Ihre Geräte werden abgemeldet.
account-reset-button = Passwort speichern
account-password-set-title = Ihr Passwort ist gespeichert
account-password-set = Alle Ihre Geräte wurden abgemeldet. Melden Sie sich mit dem neuen Passwort an.

account-title = Ihr Konto
account-signed-in-as = Angemeldet als { $mail }
account-devices = Wo Sie angemeldet sind
account-device-unknown = Ein Gerät
account-device-this = dieses Gerät
account-device-seen = zuletzt gesehen am { $day }
account-sign-out = Abmelden
account-devices-others = Überall sonst abmelden
account-signed-out-title = Sie sind abgemeldet
account-signed-out = Danke fürs Lesen.

account-error-title = Bitte sehen Sie noch einmal nach
account-error-missing = Bitte füllen Sie dieses Feld aus.
account-error-mail = Bitte schreiben Sie eine Adresse wie anna@example.com.
account-error-password-short = Bitte wählen Sie eines mit mindestens { $least } Zeichen.
account-error-password-long = Bitte wählen Sie eines mit höchstens { $most } Zeichen.
account-error-password-easy = Das ist leicht zu erraten. Bitte wählen Sie ein anderes.
account-refused-title = Das wurde nicht ausgeführt
account-refused-elsewhere = Das Formular kam von einer anderen Website. Wenn Sie das waren, rufen Sie bitte die Seite hier auf und schicken Sie es noch einmal ab.
account-refused-cookie = Ihr Browser speichert für diese Website keine Cookies, oder die Seite war länger als einen Tag offen. Bitte erlauben Sie Cookies, gehen Sie zurück, laden Sie die Seite neu und schicken Sie sie noch einmal ab.
account-refused-old = Die Seite war zu lange offen, oder Sie haben sich inzwischen an- oder abgemeldet. Bitte gehen Sie zurück, laden Sie sie neu und schicken Sie sie noch einmal ab.
account-load-again = Seite neu laden
account-many-title = Zu viele Versuche
account-many = { $minutes ->
    [one] Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal.
   *[other] Bitte warten Sie { $minutes } Minuten und versuchen Sie es dann noch einmal.
}
account-busy-title = Gerade geht es nicht
account-busy = Im Moment ist zu viel los. Es ist nichts geschehen; bitte versuchen Sie es in einer Minute noch einmal.
account-broken-title = Etwas ist schiefgegangen
account-broken = Das lag an uns, und wir wissen davon. Bitte sehen Sie in Ihrem Konto nach, bevor Sie es noch einmal versuchen: Vielleicht ist es geschehen.
account-not-so-title = Das geht nicht
account-not-so = Es ist nicht mehr möglich, oder nicht mit diesem Konto. Bitte sehen Sie in Ihrem Konto nach, wie es steht.
account-closed-title = Dieses Konto ist geschlossen
account-closed = Bitte schreiben Sie an { $publication }, damit es wieder geöffnet wird.
account-missing-title = Hier ist nichts
account-missing = Vielleicht ist die Adresse falsch geschrieben, oder die Seite ist umgezogen.

account-this-language = Deutsch
account-language = Sprache unserer E-Mails an Sie
account-profile-title = Name und Sprache
account-save = Speichern
account-profile-saved-title = Gespeichert
account-profile-saved = Name und Sprache sind so, wie Sie es wollten.
account-password-changed = Alle Ihre anderen Geräte wurden abgemeldet.
account-password-others = Alle Ihre anderen Geräte werden abgemeldet.
account-data-title = Ihre Daten
account-data-pitch = Alles, was { $publication } über Sie weiß, als Datei.
account-data-holds = Sie enthält Ihr Konto, Ihre Geräte, Ihre Zahlungsarten (nie eine Kartennummer), Adressen, Einwilligungen, die Geschichte Ihrer Abonnements und Geschenke und Ihre Rechnungen.
account-data-button = Datei herunterladen
account-erase-title = Konto endgültig schließen
account-erase-pitch = Ihr Name, Ihre Adressen, Ihr Passwort, Ihre Karten und alles, was Sie geschrieben haben, werden sofort gelöscht. Niemand kann es wiederherstellen, und Sie werden überall abgemeldet.
account-erase-ends = Das endet sofort, und zurück gibt es nichts. Wenn Sie noch widerrufen können, widerrufen Sie zuerst.
account-erase-kept = Was wann bezahlt wurde und die Rechnungen mit dem Namen darauf bewahren wir so lange auf, wie das Gesetz es für Bücher verlangt: in den meisten Ländern sechs bis zehn Jahre. Sonst sagt nichts davon, dass Sie es waren.
account-erase-sure = Ich möchte, dass mein Konto endgültig geschlossen wird.
account-erase-button = Konto schließen
account-lapsed-title = Nichts wurde geändert
account-lapsed = Ihr Passwort wurde eben geändert, auf einem anderen Gerät oder in einem anderen Fenster. Bitte laden Sie die Seite neu, und geben Sie das neue ein.
account-erase-payment = Eine Zahlung von Ihnen läuft, und Ihre Bank hat noch nicht gesagt, was daraus geworden ist. Bitte kommen Sie in ein paar Minuten wieder: Sobald das feststeht, lässt sich Ihr Konto schließen.
account-erase-bank = Ihre Bank wartet bei einer Zahlung auf Ihre Bestätigung. Bitte geben Sie sie, oder kündigen Sie, wofür sie ist; sonst wird die Zahlung nach einigen Tagen von selbst abgebrochen. Danach lässt sich Ihr Konto schließen.
account-erase-refund = Geld ist auf dem Weg zurück zu Ihnen, das kann einige Tage dauern. Bitte kommen Sie wieder, wenn es angekommen ist: An ein geschlossenes Konto könnte es niemand senden.
account-erased-title = Ihr Konto ist geschlossen
account-erased = Was wir über Sie wussten, ist gelöscht. Danke fürs Lesen.
account-not-erased-title = Nicht alles ließ sich beenden
account-not-erased = Eine Zahlung läuft, oder etwas lässt sich nicht von selbst beenden. Bitte sehen Sie in Ihr Konto, und versuchen Sie es später noch einmal.
account-error-stale = Bitte melden Sie sich ab und mit einem Link wieder an. Danach geht es zehn Minuten lang.
account-error-password-wrong = Das ist nicht Ihr Passwort.
account-error-sure = Bitte bestätigen Sie, dass Sie sicher sind.
account-mail-title = E-Mail-Adresse ändern
account-mail-pitch = Wir schicken einen Link an die neue Adresse. Bis Sie ihm folgen, bleibt { $now } Ihre.
account-new-mail = Neue E-Mail-Adresse
account-mail-unconfirmed = Wir wissen noch nicht, dass { $now } Ihnen gehört. Wir können einen Link dorthin senden; sobald Sie ihm gefolgt sind, wissen wir es.
account-mail-confirm-now = Link senden
account-mail-confirm-title = Neue Adresse bestätigen
account-mail-confirm-pitch = Von jetzt an melden Sie sich mit ihr an, und unsere Post geht dorthin.
account-mail-confirm-whose = Es geht um das Konto von { $account }. Wenn das nicht Sie sind, schließen Sie diese Seite: Dann geschieht nichts.
account-mail-confirm-password = Sie sind in einem anderen Browser als zuvor. Bitte geben Sie das Passwort des Kontos ein.
account-mail-confirm-button = Adresse bestätigen
account-mail-changed-title = Ihre Adresse ist geändert
account-mail-changed = Von jetzt an melden Sie sich mit der neuen an. Der alten haben wir es mitgeteilt.
account-mail-taken-title = Zu dieser Adresse gibt es schon ein Konto
account-mail-taken = Melden Sie sich mit ihr an, oder wählen Sie eine andere. Wenn beide Konten Ihnen gehören, schreiben Sie an { $publication }, damit sie zusammengelegt werden.
account-error-mail-same = Das ist die Adresse, die Sie haben.
account-newsletter-title = Newsletter
account-newsletter-consent = Schicken Sie mir den Newsletter von { $publication } per E-Mail. Ich kann ihn in meinem Konto jederzeit abbestellen.
account-newsletter-has = Der Newsletter geht an { $mail }.
account-newsletter-none = Sie erhalten den Newsletter nicht.
account-newsletter-agree = Ja, bitte schicken
account-newsletter-stop = Keinen Newsletter mehr
account-newsletter-said = Was Sie gesagt haben
account-newsletter-given = { $how ->
    [web] Bestellt am { $day }, auf diesen Seiten.
    [import] Früher bestellt und am { $day } aus einem anderen System übernommen.
   *[other] Bestellt am { $day }.
}
account-newsletter-withdrawn = Abbestellt am { $day }, auf diesen Seiten.
account-newsletter-on-title = Sie erhalten den Newsletter
account-newsletter-on = Wir haben festgehalten, dass Sie ihn möchten, und wann Sie das gesagt haben.
account-newsletter-off-title = Sie erhalten keinen Newsletter mehr
account-newsletter-off = Wir haben festgehalten, dass Sie ihn nicht mehr möchten, und wann Sie das gesagt haben. Einer, der schon unterwegs ist, kommt vielleicht noch.

## Eine App zulassen.

account-app-title = Diese App zulassen?
account-app-lede = { $app } möchte Ihr Konto { $mail } verwenden.
account-app-may = Die App könnte dann
account-app-read = Artikel lesen wie Sie und sehen, wie viele freie noch übrig sind
account-app-account = Ihren Namen, Ihre E-Mail-Adresse und Ihre Sprache sehen
account-app-saved = Ihre gemerkten Artikel sehen und ändern
account-app-history = Ihren Leseverlauf sehen und ändern
account-app-not = Ihr Passwort und Ihre Zahlungsmittel erfährt die App nie. Sie steht bei Ihren Geräten, und dort können Sie sie jederzeit abmelden.
account-app-yes = Zulassen
account-app-no = Nicht zulassen
account-app-unknown-title = Diese App kann nicht zugelassen werden
account-app-unknown = { $publication } kennt die App nicht, die Sie hierher geschickt hat, oder nicht unter dieser Adresse. Sie hat nichts erfahren. Bitte wenden Sie sich an den Hersteller der App.
account-app-unfit = Die App, die Sie hierher geschickt hat, hat auf eine Weise gefragt, die sich nicht lesen lässt: Etwas steht zweimal da oder ist zu lang. Sie hat nichts erfahren. Bitte wenden Sie sich an den Hersteller der App.
