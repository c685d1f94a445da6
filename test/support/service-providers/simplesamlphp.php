<?php
/*
 * An application behind SimpleSAMLphp, as in its documentation: /page.php/NAME.
 * With ?to=ADDRESS it sends the person away to sign in, with a request that has the wishes in ?wishes= (JSON). Otherwise it
 * prints what it knows about the signed-in person, or answers 403.
 */

require getenv('SIMPLESAMLPHP') . '/lib/_autoload.php';

$source = new \SimpleSAML\Auth\Simple(substr($_SERVER['PATH_INFO'], 1));

if (isset($_GET['to'])) {
    $wishes = json_decode($_GET['wishes'], true);
    $parameters = ['ReturnTo' => $_GET['to']];
    if (isset($wishes['forceAuthn'])) {
        $parameters['ForceAuthn'] = true;
    }
    if (isset($wishes['isPassive'])) {
        $parameters['isPassive'] = true;
    }
    if (isset($wishes['authnContext'])) {
        $parameters['saml:AuthnContextClassRef'] = \SAML2\Constants::AC_PASSWORD_PROTECTED_TRANSPORT;
    }
    if (isset($wishes['requesterId'])) {
        $parameters['saml:RequesterID'] = [$_GET['requester']];
    }
    if (isset($wishes['extensions'])) {
        $document = \SAML2\DOMDocumentFactory::fromString(
            '<tests:Note xmlns:tests="urn:vestibule:tests">nothing that we know</tests:Note>'
        );
        $parameters['saml:Extensions'] = [new \SAML2\XML\Chunk($document->documentElement)];
    }
    $source->login($parameters);
}

if (!$source->isAuthenticated()) {
    http_response_code(403);
    exit('Nobody is signed in.');
}

$nameId = $source->getAuthData('saml:sp:NameID');
header('Content-Type: application/json');
echo json_encode([
    'nameId' => $nameId->getValue(),
    'nameIdFormat' => $nameId->getFormat(),
    'sessionIndex' => $source->getAuthData('saml:sp:SessionIndex'),
    'inResponseTo' => $source->getAuthData('saml:sp:prevAuth')['inResponseTo'],
    'attributes' => (object) $source->getAttributes(),
]);
