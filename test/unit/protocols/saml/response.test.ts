import assert from 'node:assert/strict';
import { buildAssertion } from '../../../../src/protocols/saml/assertion.ts';
import { buildErrorResponse, buildResponse } from '../../../../src/protocols/saml/response.ts';
import { serializeAssertion, serializeResponse } from '../../../../src/protocols/saml/serialize.ts';
import { AttributeNameFormat, StatusCode } from '../../../../src/protocols/saml/types.ts';
import { assertionInput, NOW, RESPONSE_ID, sampleResponse } from './helpers.ts';
import { validateAgainstSchema } from '../../../support/saml/bounded.ts';

describe('the assertion', () => {
  it('is valid from a minute in the past for the session duration', () => {
    const { conditions, subjectConfirmation, issueInstant } = buildAssertion(assertionInput(), NOW);
    assert.equal(issueInstant, NOW);
    assert.deepEqual(conditions, {
      notBefore: NOW - 60_000,
      notOnOrAfter: NOW + 3_600_000,
      audiences: ['https://sp.example/saml'],
    });
    assert.deepEqual(subjectConfirmation, {
      recipient: 'https://sp.example/saml/acs?x=1&y=2',
      notOnOrAfter: NOW + 3_600_000,
      inResponseTo: '_request-1',
    });
  });

  it('may begin earlier, or exactly now', () => {
    assert.equal(buildAssertion(assertionInput({ clockSkewMs: 0 }), NOW).conditions.notBefore, NOW);
    assert.equal(buildAssertion(assertionInput({ clockSkewMs: 5000 }), NOW).conditions.notBefore, NOW - 5000);
  });

  it('refers to a request in both places or in neither', () => {
    const solicited = serializeResponse(sampleResponse(), serializeAssertion(sampleResponse().assertion));
    assert.equal(solicited.match(/InResponseTo="_request-1"/g)?.length, 2);
    const { inResponseTo: _, ...input } = assertionInput();
    const assertion = buildAssertion(input, NOW);
    const response = buildResponse({ id: RESPONSE_ID }, assertion);
    assert.doesNotMatch(serializeResponse(response, serializeAssertion(assertion)), /InResponseTo/);
  });

  it('leaves out attributes without values, and the statement when none is left', () => {
    const attributes = [
      { name: 'a', values: [] },
      { name: 'b', values: [''] },
    ];
    const some = serializeAssertion(buildAssertion(assertionInput({ attributes }), NOW));
    assert.match(
      some,
      /<saml:AttributeStatement><saml:Attribute Name="b"><saml:AttributeValue><\/saml:AttributeValue>/,
    );
    assert.doesNotMatch(some, /Name="a"/);
    const none = serializeAssertion(
      buildAssertion(assertionInput({ attributes: attributes.slice(0, 1) }), NOW),
    );
    assert.doesNotMatch(none, /AttributeStatement/);
  });

  it('carries no type on values', () => {
    assert.doesNotMatch(serializeAssertion(sampleResponse().assertion), /xsi:type/);
  });

  it('is laid out as service providers expect it', () => {
    const xml = serializeAssertion(
      buildAssertion(
        assertionInput({
          attributes: [
            {
              name: 'urn:oid:0.9.2342.19200300.100.1.3',
              nameFormat: AttributeNameFormat.uri,
              friendlyName: 'mail',
              values: ['a', 'b'],
            },
          ],
          subject: { value: 'x', nameQualifier: 'n', spNameQualifier: 's' },
          authnStatement: { ...assertionInput().authnStatement, sessionNotOnOrAfter: NOW + 1 },
        }),
        NOW,
      ),
    );
    assert.match(xml, /<saml:NameID NameQualifier="n" SPNameQualifier="s">x<\/saml:NameID>/);
    assert.match(
      xml,
      /FriendlyName="mail" Name="urn:oid:0\.9\.2342\.19200300\.100\.1\.3" NameFormat="[^"]*:uri"/,
    );
    assert.match(xml, /SessionIndex="_session-1" SessionNotOnOrAfter="2026-01-02T03:04:05.679Z"/);
  });
});

describe('the response', () => {
  it('is addressed to the consumer service and is valid against the schema', async () => {
    const response = sampleResponse();
    const xml = serializeResponse(response, serializeAssertion(response.assertion));
    assert.match(xml, / Destination="https:\/\/sp.example\/saml\/acs\?x=1&amp;y=2"/);
    assert.deepEqual(await validateAgainstSchema(xml, 'protocol'), { ok: true });
  });

  it('may carry only a status, nested and explained', async () => {
    const response = buildErrorResponse(
      {
        id: RESPONSE_ID,
        issuer: 'https://idp.example',
        destination: 'https://sp.example/acs',
        inResponseTo: '_r',
        status: { codes: [StatusCode.responder, StatusCode.noPassive], message: 'a < b' },
      },
      NOW,
    );
    const xml = serializeResponse(response);
    assert.match(
      xml,
      /<samlp:Status><samlp:StatusCode Value="[^"]*:Responder"><samlp:StatusCode Value="[^"]*:NoPassive"><\/samlp:StatusCode><\/samlp:StatusCode><samlp:StatusMessage>a &lt; b<\/samlp:StatusMessage><\/samlp:Status><\/samlp:Response>$/,
    );
    assert.deepEqual(await validateAgainstSchema(xml, 'protocol'), { ok: true });
  });
});
