subscription-refused-ended = Dieses Abonnement ist beendet. Sie können jederzeit ein neues abschließen.
subscription-refused-unpaid = Die erste Zahlung steht noch aus. Bitte bezahlen Sie zuerst.
subscription-refused-paused = Es ist pausiert. Setzen Sie es zuerst fort.
subscription-refused-not-paused = Es ist nicht pausiert; Sie können schon lesen.
subscription-refused-past-due = Eine Zahlung ist fehlgeschlagen. Bitte bezahlen Sie zuerst.
subscription-refused-under-way = Eine Zahlung läuft. Bitte warten Sie einige Minuten, bis feststeht, ob sie gelungen ist.
subscription-refused-no-method = Es ist keine Zahlungsart hinterlegt. Bitte fügen Sie zuerst eine hinzu.
subscription-refused-no-address = Es kommt mit der Post. Bitte geben Sie zuerst eine Adresse an.
subscription-refused-not-delivered = Nichts davon kommt mit der Post; eine Adresse ist nicht nötig.
subscription-refused-ends = Es endet von selbst nach dem { $day }. Zu kündigen, zu pausieren oder zu wechseln gibt es nichts.
subscription-refused-no-end = Es kostet Sie nichts und hat kein Ende. Zu kündigen, zu pausieren oder zu wechseln gibt es nichts.
subscription-refused-ending = Es ist schon gekündigt. Wenn Sie etwas ändern möchten, entscheiden Sie sich zuerst, es zu behalten.
subscription-refused-not-ending = Es ist nicht gekündigt. Es geht von selbst weiter.
subscription-refused-no-pause = Dieses Abonnement lässt sich nicht pausieren. Sie können kündigen und jederzeit wiederkommen.
subscription-refused-paused-enough = Dieser Zeitraum war schon so lange pausiert, wie es geht. Im nächsten können Sie wieder pausieren.
subscription-refused-trial = Ein Probeabo lässt sich nicht pausieren. Sie können kündigen oder warten, bis es vorbei ist.
subscription-refused-pause-day = Bitte wählen Sie einen Tag von morgen bis zum { $day }.
subscription-refused-currency = Diesen Tarif gibt es nicht in Ihrer Währung. Bitte wählen Sie einen anderen.
subscription-refused-same = Diesen Tarif haben Sie schon. Bitte wählen Sie einen anderen.
subscription-refused-once = Das wird einmal gekauft und verlängert sich nicht. Sie können es neben Ihrem Abonnement kaufen.
subscription-refused-elsewhere = Sie haben schon bis zum { $day } bezahlt. Bitte wählen Sie den Wechsel für den Zeitraum danach.
subscription-refused-kind = Aus einem Tarif für eine Person wird keiner für mehrere. Bitte schließen Sie ein neues Abonnement ab.
subscription-refused-taken = { $count ->
    [one] Ein Platz ist vergeben. Machen Sie ihn zuerst frei, oder wählen Sie mehr Plätze.
   *[other] { $count } Plätze sind vergeben. Machen Sie zuerst welche frei, oder wählen Sie mehr Plätze.
}
subscription-refused-no-change = Es steht kein Wechsel bevor. Alles bleibt, wie es ist.
subscription-refused-withdrawal-over = Das Widerrufsrecht endete am { $day }. Sie können stattdessen kündigen.
subscription-refused-no-withdrawal = Hier gibt es kein Widerrufsrecht. Sie können stattdessen kündigen.
subscription-refused-no-rise = Es steht kein neuer Preis bevor. Zu antworten gibt es nichts.
subscription-refused-nothing-open = Es ist nichts zu bezahlen. Alles ist in Ordnung.
subscription-refused-attempts = Diese Zahlung wurde zu oft versucht. Bitte schließen Sie ein neues Abonnement ab, oder schreiben Sie an { $publication }.
subscription-refused-for-one = Dieses Abonnement ist für eine Person. Wählen Sie einen Tarif mit Plätzen, um andere einzuladen.
subscription-refused-full = { $count ->
    [one] Der einzige Platz ist vergeben. Machen Sie ihn zuerst frei, oder wählen Sie mehr Plätze.
   *[other] Alle { $count } Plätze sind vergeben. Machen Sie zuerst einen frei, oder wählen Sie mehr Plätze.
}
subscription-refused-invitation = Diese Einladung gilt nicht mehr. Bitte lassen Sie sich neu einladen.
subscription-refused-seat-taken = Jemand hat diesen Platz schon. Bitte lassen Sie sich neu einladen.
subscription-refused-domain = Mit einer Adresse bei { $domain } bekommt man hier nicht von selbst einen Platz. Bitte lassen Sie sich einladen.
subscription-refused-offer = Dieses Angebot gibt es nicht mehr. Bitte sehen Sie sich die anderen an.
subscription-refused-card = Diese Karte haben Sie hier nicht. Bitte wählen Sie eine andere, oder geben Sie sie noch einmal ein.
subscription-refused-card-used = Mit dieser Karte wird etwas bezahlt. Bitte wählen Sie dafür zuerst eine andere.
subscription-refused-unverified = Bitte bestätigen Sie zuerst Ihre Adresse: Folgen Sie dem Link in unserer E-Mail.
subscription-refused-care = Bitte schreiben Sie an { $publication }; wir erledigen das für Sie.
subscription-refused-other = Das geht gerade nicht. Bitte sehen Sie in Ihr Konto, oder schreiben Sie an { $publication }.
