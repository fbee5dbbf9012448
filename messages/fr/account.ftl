account-back = Retour à la une
account-mail = Adresse e-mail
account-password = Mot de passe
account-new-password = Nouveau mot de passe
account-password-hint = Au moins { $least } caractères. Plusieurs mots font un mot de passe sûr et facile à retenir.
account-name = Votre nom
account-optional = (facultatif)

account-login-title = Se connecter
account-login-button = Se connecter
account-link-hint = Vous pouvez vous passer de mot de passe : nous envoyons un lien à votre adresse.
account-link-button = Recevoir un lien
account-forgot-link = Mot de passe oublié ?
account-no-account = Pas encore de compte ?
account-have-account = Vous avez déjà un compte ?
account-wrong = L’adresse ou le mot de passe est incorrect.

account-register-title = Créer un compte
account-register-pitch = C’est gratuit et cela prend une minute.
account-register-button = Créer le compte

account-sent-title = Consultez votre messagerie
account-sent = Nous avons envoyé un message à { $mail }. Suivez le lien qu’il contient.
account-sent-minutes = { $minutes ->
    [one] Le lien est valable { $minutes } minute, une seule fois.
   *[other] Le lien est valable { $minutes } minutes, une seule fois.
}
account-sent-here = Il ne fonctionne que dans ce navigateur.
account-sent-nothing = Rien reçu ? Regardez dans les courriers indésirables et vérifiez l’adresse.

account-confirm-title = Confirmez votre adresse
account-confirm-pitch = Un dernier clic, pour que personne d’autre n’utilise ce lien.
account-confirm-password = Vous êtes dans un autre navigateur. Saisissez le mot de passe que vous avez choisi.
account-confirm-button = Confirmer et se connecter
account-wrong-password = Ce n’est pas le mot de passe que vous avez choisi.
account-link-over-title = Ce lien n’est plus valable
account-link-over = Il a déjà servi, ou son délai est passé. Si vous venez d’appuyer deux fois, vous êtes déjà connecté.
account-link-again = En demander un autre
account-elsewhere-title = Ce lien est pour un autre navigateur
account-elsewhere = Il ne fonctionne que là où vous l’avez demandé. Ouvrez-le là-bas, ou demandez-en un autre ici.

account-reset-title = Choisir un nouveau mot de passe
account-forgot-pitch = Indiquez-nous votre adresse. Nous vous envoyons un lien pour en choisir un nouveau.
account-forgot-button = Envoyer le lien
account-reset-note = Tous vos appareils seront déconnectés.
account-reset-button = Enregistrer le mot de passe
account-password-set-title = Votre mot de passe est enregistré
account-password-set = Tous vos appareils ont été déconnectés. Connectez-vous avec le nouveau mot de passe.

account-title = Votre compte
account-signed-in-as = Connecté : { $mail }
account-devices = Où vous êtes connecté
account-device-unknown = Un appareil
account-device-this = cet appareil
account-device-seen = vu la dernière fois le { $day }
account-sign-out = Se déconnecter
account-devices-others = Déconnecter tous les autres
account-signed-out-title = Vous êtes déconnecté
account-signed-out = Merci de votre lecture.

account-error-title = À vérifier
account-error-missing = Veuillez remplir ce champ.
account-error-mail = Indiquez une adresse telle que anna@example.com.
account-error-password-short = Choisissez-en un d’au moins { $least } caractères.
account-error-password-long = Choisissez-en un d’au plus { $most } caractères.
account-error-password-easy = Il est facile à deviner. Choisissez-en un autre.
account-refused-title = Cela n’a pas été fait
account-refused-elsewhere = Le formulaire venait d’un autre site. Si c’était vous, ouvrez la page ici et envoyez-le de nouveau.
account-refused-cookie = Votre navigateur ne garde pas de cookies pour ce site, ou la page était ouverte depuis plus d’un jour. Autorisez les cookies, revenez en arrière, rechargez la page et envoyez-la de nouveau.
account-refused-old = La page était ouverte depuis trop longtemps, ou vous vous êtes connecté ou déconnecté entre-temps. Revenez en arrière, rechargez-la et envoyez-la de nouveau.
account-load-again = Recharger la page
account-many-title = Trop de tentatives
account-many = { $minutes ->
    [one] Attendez une minute, puis réessayez.
   *[other] Attendez { $minutes } minutes, puis réessayez.
}
account-busy-title = Pas pour l’instant
account-busy = Il y a trop d’activité en ce moment. Rien n’a été fait ; réessayez dans une minute.
account-broken-title = Un problème est survenu
account-broken = Il vient de chez nous, et nous en sommes informés. Avant de réessayer, consultez votre compte : l’opération a peut-être abouti.
account-not-so-title = C’est impossible
account-not-so = Ce n’est plus possible, ou pas avec ce compte. Consultez votre compte pour voir où en sont les choses.
account-closed-title = Ce compte est fermé
account-closed = Écrivez à { $publication } pour le faire rouvrir.
account-missing-title = Il n’y a rien ici
account-missing = L’adresse est peut-être mal écrite, ou la page a été déplacée.

account-this-language = Français
account-language = Langue de nos e-mails
account-profile-title = Nom et langue
account-save = Enregistrer
account-profile-saved-title = C’est enregistré
account-profile-saved = Votre nom et votre langue sont comme vous le souhaitiez.
account-password-changed = Tous vos autres appareils ont été déconnectés.
account-password-others = Tous vos autres appareils seront déconnectés.
account-data-title = Vos données
account-data-pitch = Tout ce que { $publication } sait de vous, dans un fichier.
account-data-holds = Il contient votre compte, vos appareils, vos moyens de paiement (jamais de numéro de carte), vos adresses, vos consentements, l’historique de vos abonnements et cadeaux, et vos factures.
account-data-button = Télécharger le fichier
account-erase-title = Fermer le compte définitivement
account-erase-pitch = Votre nom, vos adresses, votre mot de passe, vos cartes et tout ce que vous avez écrit sont effacés aussitôt. Personne ne peut les rétablir, et vous êtes déconnecté partout.
account-erase-ends = Ceci prend fin aussitôt et rien n’est remboursé. Si vous pouvez encore vous rétracter, faites-le d’abord.
account-erase-kept = Ce qui a été payé et quand, ainsi que les factures et le nom qu’elles portent, est conservé aussi longtemps que la loi l’exige : six à dix ans dans la plupart des pays. Rien d’autre n’indique que c’était vous.
account-erase-sure = Je veux que mon compte soit fermé définitivement.
account-erase-button = Fermer le compte
account-lapsed-title = Rien n’a été modifié
account-lapsed = Votre mot de passe vient d’être changé, sur un autre appareil ou dans une autre fenêtre. Veuillez recharger la page et saisir le nouveau.
account-erase-payment = Un de vos paiements est en cours, et votre banque n’a pas encore dit ce qu’il en est. Veuillez revenir dans quelques minutes : votre compte pourra être fermé dès que ce sera connu.
account-erase-bank = Votre banque attend votre confirmation pour un paiement. Veuillez la donner, ou résiliez ce qu’il règle ; sinon, le paiement est abandonné de lui-même après quelques jours. Votre compte pourra alors être fermé.
account-erase-refund = Un remboursement est en route vers vous, ce qui peut prendre quelques jours. Veuillez revenir quand il sera arrivé : personne ne pourrait l’envoyer à un compte fermé.
account-erased-title = Votre compte est fermé
account-erased = Ce que nous savions de vous est effacé. Merci de nous avoir lus.
account-not-erased-title = Tout n’a pas pu prendre fin
account-not-erased = Un paiement est en cours, ou quelque chose ne peut pas prendre fin de lui-même. Veuillez consulter votre compte et réessayer plus tard.
account-error-stale = Veuillez vous déconnecter, puis vous reconnecter avec un lien. Vous aurez ensuite dix minutes pour le faire.
account-error-password-wrong = Ce n’est pas votre mot de passe.
account-error-sure = Veuillez confirmer votre choix.
account-mail-title = Changer d’adresse e-mail
account-mail-pitch = Nous envoyons un lien à la nouvelle adresse. Tant que vous ne l’avez pas suivi, { $now } reste la vôtre.
account-new-mail = Nouvelle adresse e-mail
account-mail-unconfirmed = Nous ne savons pas encore que { $now } est à vous. Nous pouvons y envoyer un lien ; dès que vous l’aurez suivi, nous le saurons.
account-mail-confirm-now = Envoyer le lien
account-mail-confirm-title = Confirmer votre nouvelle adresse
account-mail-confirm-pitch = Désormais, vous vous connectez avec elle et nos e-mails y sont envoyés.
account-mail-confirm-whose = Il s’agit du compte de { $account }. Si ce n’est pas vous, fermez cette page : il ne se passera rien.
account-mail-confirm-password = Vous êtes dans un autre navigateur. Saisissez le mot de passe du compte.
account-mail-confirm-button = Confirmer l’adresse
account-mail-changed-title = Votre adresse est changée
account-mail-changed = Désormais, vous vous connectez avec la nouvelle. Nous avons prévenu l’ancienne.
account-mail-taken-title = Cette adresse a déjà un compte
account-mail-taken = Connectez-vous avec elle ou choisissez-en une autre. Si les deux comptes sont à vous, écrivez à { $publication } pour les réunir.
account-error-mail-same = C’est l’adresse que vous avez déjà.
account-newsletter-title = Lettre d’information
account-newsletter-consent = Envoyez-moi la lettre d’information de { $publication } par e-mail. Je peux y renoncer à tout moment dans mon compte.
account-newsletter-has = La lettre d’information est envoyée à { $mail }.
account-newsletter-none = Vous ne recevez pas la lettre d’information.
account-newsletter-agree = Oui, envoyez-la-moi
account-newsletter-stop = Ne plus la recevoir
account-newsletter-said = Ce que vous avez dit
account-newsletter-given = { $how ->
    [web] Demandée le { $day }, sur ces pages.
    [import] Demandée auparavant, et reprise d’un autre système le { $day }.
   *[other] Demandée le { $day }.
}
account-newsletter-withdrawn = Arrêtée le { $day }, sur ces pages.
account-newsletter-on-title = Vous recevez la lettre d’information
account-newsletter-on = Nous avons noté que vous la souhaitez, et quand.
account-newsletter-off-title = Vous ne recevez plus la lettre d’information
account-newsletter-off = Nous avons noté que vous ne la souhaitez plus, et quand. Une lettre déjà en route peut encore arriver.

## Autoriser une application.

account-app-title = Autoriser cette application ?
account-app-lede = { $app } souhaite utiliser votre compte { $mail }.
account-app-may = Elle pourrait alors
account-app-read = lire les articles comme vous et voir combien d’articles gratuits il vous reste
account-app-account = voir votre nom, votre adresse e-mail et votre langue
account-app-saved = voir et modifier les articles que vous avez enregistrés
account-app-history = voir et modifier votre historique de lecture
account-app-not = Elle n’apprend jamais votre mot de passe ni vos moyens de paiement. Elle figure parmi vos appareils, où vous pouvez la déconnecter à tout moment.
account-app-yes = Autoriser
account-app-no = Ne pas autoriser
account-app-unknown-title = Cette application ne peut pas être autorisée
account-app-unknown = { $publication } ne connaît pas l’application qui vous a envoyé ici, ou pas sous cette adresse. Rien ne lui a été communiqué. Veuillez vous adresser à son éditeur.
account-app-unfit = La demande de l’application qui vous a envoyé ici est illisible : un élément y figure deux fois ou est trop long. Rien ne lui a été communiqué. Veuillez vous adresser à son éditeur.
