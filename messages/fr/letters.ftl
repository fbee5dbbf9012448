letter-hello = Bonjour,
letter-hello-name = Bonjour { $name },
letter-or-copy = Ou copiez cette adresse dans votre navigateur :
letter-questions = Une question ? Répondez simplement à ce message.
letter-why-typed = Vous recevez ce message parce que quelqu’un a saisi cette adresse sur { $publication }.
letter-why-reader = Vous recevez ce message parce que vous avez un compte chez { $publication }.
letter-why-told = Vous recevez ce message parce que quelqu’un a indiqué cette adresse à { $publication } pour vous.
letter-colon = { "\u00A0" }:{ " " }
letter-value = { $value }
letter-joint = { " " }
letter-less = −{ $amount }
letter-span = { $from } – { $to }
letter-account-button = Voir mon compte

letter-link-minutes = { $minutes ->
    [one] Le lien est valable { $minutes } minute, une seule fois.
   *[other] Le lien est valable { $minutes } minutes, une seule fois.
}
letter-link-here = Il ne fonctionne que dans le navigateur où vous l’avez demandé.
letter-not-you = Si ce n’était pas vous, vous n’avez rien à faire : sans ce lien, il ne se passe rien.

letter-sign-in-title = Votre lien de connexion
letter-sign-in = Ce lien vous connecte à { $publication }.
letter-sign-in-button = Se connecter

letter-sign-up-title = Votre lien vers { $publication }
letter-sign-up = Il n’y a pas encore de compte à cette adresse. Ce lien en crée un et vous connecte.
letter-sign-up-button = Créer le compte

letter-confirm-title = Confirmez votre adresse
letter-confirm = Veuillez confirmer que cette adresse est la vôtre. Votre compte chez { $publication } sera alors créé.
letter-confirm-button = Confirmer l’adresse

letter-already-there-title = Vous avez déjà un compte
letter-already-there = Quelqu’un, sans doute vous, a voulu créer un compte chez { $publication } avec cette adresse. Il en existe déjà un ; ce lien vous y connecte.

letter-reset-title = Choisissez un nouveau mot de passe
letter-reset = Ce lien vous permet de choisir un nouveau mot de passe pour votre compte chez { $publication }. Tous vos appareils seront alors déconnectés.
letter-reset-button = Choisir un mot de passe

letter-no-account-title = Aucun compte à cette adresse
letter-no-account = Quelqu’un, sans doute vous, a demandé un nouveau mot de passe chez { $publication }. Il n’y a pas de compte à cette adresse. Vous en avez peut-être utilisé une autre ; sinon, créez un compte maintenant.
letter-no-account-button = Créer un compte

letter-closed-title = Votre compte est fermé
letter-closed = Quelqu’un, sans doute vous, a voulu se connecter à { $publication } avec cette adresse. Le compte est fermé ; écrivez-nous pour le faire rouvrir.
letter-closed-not-you = Si ce n’était pas vous, vous n’avez rien à faire.

letter-password-changed-title = Votre mot de passe a été changé
letter-password-changed = Le mot de passe de votre compte chez { $publication } a été changé et tous les appareils ont été déconnectés.
letter-password-changed-not-you = Si ce n’était pas vous, changez-le tout de suite : choisissez « Mot de passe oublié ? » au moment de vous connecter.

letter-new-address-title = Confirmez votre nouvelle adresse
letter-new-address = Veuillez confirmer que cette adresse est la vôtre. Elle vous servira ensuite à vous connecter à { $publication }, et nos messages y seront envoyés.
letter-new-address-account = Il s’agit du compte de { $account }. Si ce n’est pas le vôtre, ne confirmez rien.
letter-address-changed-title = Votre adresse a été changée
letter-address-changed = Votre compte chez { $publication } a désormais une autre adresse e-mail. Ceci est le dernier message envoyé à celle-ci.
letter-address-changed-not-you = Si ce n’était pas vous, écrivez-nous tout de suite.

letter-gives = Ce qui vous est ouvert
letter-gives-gift = Ce qu’il comprend
letter-agreed = Ce que vous avez accepté
letter-row-price = Prix
letter-price-then = { $first }. { $then }
letter-row-seats = Places
letter-row-next = Prochain prélèvement
letter-row-next-value = { $amount } le { $date }
letter-row-ends = Fin
letter-row-ends-trial = Fin de l’essai
letter-row-paid-until = Payé jusqu’au
letter-row-from = À partir du
letter-row-retry = Prochaine tentative
letter-row-access-until = Lecture possible jusqu’au
letter-row-confirm-by = À confirmer d’ici le
letter-row-amount = Montant
letter-tax-added = Taxes en sus.
letter-plus-tax = (hors taxes)

letter-welcome-title = Bienvenue chez { $publication }
letter-welcome-paid = Merci. Votre abonnement a commencé.
letter-welcome-seats = Invitez maintenant vos lecteurs depuis votre compte. Pour lire vous aussi, invitez également votre propre adresse.
letter-welcome-bought = Merci. Ce que vous avez acheté vous est ouvert dès maintenant.
letter-welcome-trial = Votre essai gratuit a commencé. Il dure jusqu’au { $until }.
letter-welcome-gift = Votre abonnement offert a commencé. Il dure jusqu’au { $until } et prend fin de lui-même.
letter-welcome-given = Nous vous offrons la lecture de { $publication } jusqu’au { $until }.
letter-welcome-given-open = Nous vous offrons la lecture de { $publication }.
letter-cancel = Vous pouvez résilier à tout moment depuis votre compte. Ce que vous avez payé vous reste acquis jusqu’à son terme.
letter-cancel-trial = Si vous ne souhaitez pas continuer, résiliez depuis votre compte avant le { $date } ; rien ne sera prélevé.
letter-withdraw-part = Vous pouvez vous rétracter sans donner de motif jusqu’au { $date } inclus. Ce que vous n’aurez pas utilisé d’ici là vous sera remboursé.
letter-withdraw-full = Vous pouvez vous rétracter sans donner de motif jusqu’au { $date } inclus. Tout vous sera remboursé.
letter-withdraw-waived = Vous avez demandé un accès immédiat et accepté de renoncer ainsi à votre droit de rétractation.
letter-read-button = Commencer à lire

letter-receipt-title = Votre reçu : { $amount }
letter-receipt = Merci. Nous avons reçu votre paiement de { $amount }.
letter-receipt-heading = Reçu
letter-row-invoice = Facture
letter-row-credit-note = Avoir
letter-row-corrects = Sur la facture
letter-row-date = Date
letter-row-customer = Pour
letter-row-seller = De
letter-line-seats = { $what } ({ $count ->
    [one] { $count } place
   *[other] { $count } places
})
letter-line-plan = Abonnement
letter-line-once = Accès
letter-line-difference = Changement de formule, différence
letter-line-unused = Ancienne formule, non utilisée
letter-line-gift = Abonnement offert
letter-net = Hors taxes
letter-tax = Taxe ({ $rate })
letter-total = Total
letter-reverse-charge = La taxe est due par le client (autoliquidation).
letter-invoice-button = Voir la facture
letter-invoice-soon = La facture suivra ; vous la trouverez dans votre compte.

letter-refund-title = { $amount } vous sont remboursés
letter-refund = Nous vous renvoyons { $amount } par le moyen de paiement que vous aviez utilisé. Avec la plupart des banques, l’argent arrive sous dix jours.
letter-refund-withdrawal = Vous vous êtes rétracté du contrat.
letter-refund-plan = Votre nouvelle formule coûte moins que ce que vous aviez payé.
letter-refund-surplus = Vous avez été débité alors que rien n’était dû. Nous en sommes désolés.
letter-credit-note-button = Voir l’avoir
letter-refund-delayed-title = Votre remboursement de { $amount } est retardé
letter-refund-delayed = Nous avons essayé de vous rembourser { $amount }, mais votre banque ou votre carte ne les a pas acceptés. Cet argent vous revient de toute façon. Nous nous en occupons et vous écrirons si nous avons besoin de quelque chose.

letter-trial-ends-title = { $days ->
    [0] Votre essai se termine aujourd’hui
    [1] Votre essai se termine demain
   *[other] Votre essai se termine dans { $days } jours
}
letter-trial-charged = Votre essai gratuit de { $publication } se termine le { $date }. Il devient alors un abonnement : { $amount } seront prélevés ce jour-là.
letter-trial-over = Votre essai gratuit de { $publication } se termine de lui-même le { $date }. Rien n’est prélevé.
letter-trial-go-on = Si vous souhaitez continuer à lire, choisissez un abonnement.
letter-subscribe-button = Choisir un abonnement

letter-renewal-title = Votre abonnement se renouvelle le { $date }
letter-renewal = Le { $date }, votre abonnement à { $publication } se poursuit et { $amount } seront prélevés.
letter-renewal-cancel = Si vous ne le souhaitez pas, résiliez depuis votre compte avant ce jour.

letter-rise-title = Un nouveau prix à partir du { $date }
letter-rise = Le prix de votre abonnement à { $publication } change le { $date }.
letter-row-old-price = Prix jusque-là
letter-row-new-price = Nouveau prix
letter-rise-silence-accepts = Si vous ne faites rien, vous acceptez, et le nouveau prix sera prélevé pour la première fois le { $date }. Si vous le refusez, votre abonnement prend fin ce jour-là et plus rien n’est prélevé.
letter-rise-silence-refuses = Le nouveau prix ne s’applique que si vous l’acceptez. Si vous ne faites rien, votre abonnement prend fin le { $date } et plus rien n’est prélevé.
letter-rise-accept-button = Accepter le nouveau prix
letter-rise-refuse = Refuser le nouveau prix

letter-failed-title = Votre paiement n’a pas abouti
letter-failed = Nous n’avons pas pu encaisser le paiement de votre abonnement à { $publication }.
letter-failed-funds = Il n’y avait pas assez d’argent sur le compte.
letter-failed-expired = La carte a expiré.
letter-failed-blocked = La carte ne peut plus être utilisée.
letter-failed-unconfirmed = Le paiement n’a pas été confirmé auprès de votre banque.
letter-failed-refused = Votre banque l’a refusé sans donner de raison.
letter-failed-again = S’il s’agissait d’une exception, vous n’avez rien à faire : nous réessaierons. Si vous préférez une autre carte, changez-la.
letter-failed-final = Nous ne réessaierons pas avec cette carte. Indiquez-en une autre d’ici le { $until } ; sinon, votre abonnement prendra fin.
letter-failed-purchase = Nous n’avons pas pu encaisser le paiement de ce que vous vouliez acheter à { $publication }.
letter-failed-plan = Nous n’avons pas pu encaisser le paiement de votre changement de formule chez { $publication }.
letter-failed-plan-stays = Votre formule reste inchangée. Si l’argent a tout de même été prélevé, il vous est rendu.
letter-failed-nothing = Rien n’a commencé, et rien n’a été débité. Vous pouvez réessayer, avec une autre carte si vous le souhaitez.
letter-failed-unknown = Rien n’a commencé. Personne ne nous a dit ce que le paiement est devenu : vérifiez qu’il n’a pas été débité avant de réessayer. S’il arrive malgré tout, il vous sera rendu.
letter-card-button = Changer de carte
letter-purchase-button = Voir l’achat

letter-bank-title = Confirmez votre paiement
letter-bank = Votre banque vous demande de confirmer vous-même le paiement de votre abonnement à { $publication }. Tant que vous ne l’avez pas fait, il n’est pas réglé.
letter-bank-purchase = Votre banque vous demande de confirmer vous-même le paiement de ce que vous vouliez acheter à { $publication }. Tant que vous ne l’avez pas fait, il n’est pas réglé et rien ne commence.
letter-bank-button = Confirmer le paiement

letter-trial-ended-title = Votre période d’essai est terminée
letter-ended-title = Votre abonnement a pris fin
letter-access-ended-title = Votre accès a pris fin
letter-ended-cancelled = Il a pris fin le { $date }, comme vous l’aviez souhaité. Plus rien n’est prélevé.
letter-ended-trial = Votre essai gratuit de { $publication } s’est terminé le { $date }. Rien n’a été prélevé.
letter-ended-expired = Il était prévu pour une durée limitée, qui s’est achevée le { $date }. Plus rien n’est prélevé.
letter-ended-payment = Le paiement n’est pas arrivé, malgré plusieurs tentatives. Il a pris fin le { $date } ; plus rien n’est prélevé.
letter-ended-price = Vous n’avez pas accepté le nouveau prix ; il a donc pris fin le { $date }. Plus rien n’est prélevé.
letter-ended-withdrawn = Vous vous êtes rétracté du contrat ; il a donc pris fin le { $date }. Ce qui vous est remboursé figure dans un message à part.
letter-ended-refunded = Votre paiement a été remboursé ; il a donc pris fin le { $date }.
letter-ended-charged-back = Votre banque a repris votre paiement ; il a donc pris fin le { $date }. Si c’est une erreur, écrivez-nous.
letter-ended-revoked = Nous y avons mis fin le { $date }. Si vous pensez que c’est une erreur, écrivez-nous.
letter-ended-back = Nous serions heureux de vous retrouver.
letter-back-button = S’abonner de nouveau

letter-cancelled-title = Votre abonnement est résilié
letter-cancelled = Vous pouvez lire { $publication } jusqu’au { $until }. Plus rien n’est prélevé.
letter-cancelled-open = Il prend fin avec la période que vous avez payée. Rien ne sera prélevé pour une autre.
letter-cancelled-back = Si vous changez d’avis, annulez la résiliation depuis votre compte avant la fin.
letter-cancelled-button = Garder l’abonnement

letter-paused-title = Votre abonnement est suspendu
letter-paused = Votre abonnement à { $publication } est suspendu et reprendra de lui-même le { $date }. Rien n’est prélevé d’ici là, et ce que vous avez payé vous reste acquis.
letter-paused-button = Reprendre maintenant
letter-resumed-title = Votre abonnement reprend
letter-resumed = Votre abonnement à { $publication } reprend à partir d’aujourd’hui.

letter-plan-title = Votre abonnement a changé
letter-plan = Le changement est effectif. Voici ce que vous avez désormais.

letter-gift-bought-title = Votre cadeau et votre reçu
letter-gift-bought = Merci d’offrir { $publication }. Nous avons reçu votre paiement de { $amount }.
letter-gift-bought-next = Le code qui permet de profiter du cadeau part dans un message à part, à votre adresse ou à celle de la personne à qui vous l’offrez, selon votre choix.
letter-gift-title = { $giver } vous offre { $publication }
letter-gift-title-anonymous = Un cadeau pour vous : { $publication }
letter-gift = On vous a offert un abonnement à { $publication }. Il ne vous coûte rien et prend fin de lui-même.
letter-gift-yours-title = Le code de votre cadeau
letter-gift-yours = Transmettez ce code, ou ce message tout entier. Le cadeau est à qui l’utilise en premier.
letter-row-code = Code
letter-row-lasts = Durée
letter-row-redeem-by = À utiliser jusqu’au
letter-gift-button = Profiter du cadeau
letter-gift-redeemed-title = Votre cadeau a été accepté
letter-gift-redeemed = L’abonnement à { $publication } que vous avez offert a commencé. Merci de faire lire de bons articles.

letter-seat-title = Une place pour vous chez { $publication }
letter-seat-title-by = { $giver } vous invite à lire { $publication }
letter-seat = Une place vous est réservée dans un abonnement à { $publication }. Quelqu’un d’autre la paie ; elle ne vous coûte rien.
letter-seat-button = Prendre la place
letter-seat-not-you = Si ce message ne vous est pas destiné, vous n’avez rien à faire.

letter-delivery-title = Votre livraison a été modifiée
letter-delivery = La livraison de { $publication } a été modifiée. Votre compte indique ce qui est livré, et où.
letter-delivery-suspended-title = Votre livraison est suspendue
letter-delivery-suspended = Du { $first } au { $last }, { $publication } ne vous est pas livré. Votre abonnement se poursuit.
letter-delivery-suspended-day = Le { $first }, { $publication } ne vous est pas livré. Votre abonnement se poursuit.
letter-delivery-elsewhere-title = Votre livraison part à une autre adresse
letter-delivery-elsewhere = Du { $first } au { $last }, { $publication } est livré à une autre adresse.
letter-delivery-elsewhere-day = Le { $first }, { $publication } est livré à une autre adresse.
letter-delivery-for-good = À partir du { $first }, { $publication } est livré à une autre adresse.
letter-delivery-town = Ville
letter-delivery-back-title = Votre livraison redevient comme avant
letter-delivery-back = Ce qui avait été demandé pour la livraison de { $publication } est annulé à partir du { $first }.
letter-delivery-late = Pour certains de ces jours, c’était trop tard : les livraisons étaient déjà fixées. Votre compte indique lesquels.
letter-delivery-address-title = Votre adresse de livraison a été changée
letter-delivery-address = { $publication } est désormais livré à une autre adresse. Les livraisons déjà fixées vont encore à la précédente.
letter-delivery-button = Voir ce qui est livré, et où
letter-delivery-not-you = Si ce n’était pas vous, rétablissez-la dans votre compte ou écrivez-nous tout de suite.
