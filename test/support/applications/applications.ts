import { createApplication } from '../../../src/domain/applications/commands.ts';
import { DEFAULT_SETTINGS, type Application } from '../../../src/domain/applications/application.ts';
import type { NewApplication } from '../../../src/domain/applications/commands.ts';
import { Binding, type RelyingParty } from '../../../src/protocols/saml/types.ts';
import type { Tenant } from '../databases/tenant.ts';

/** A service provider with one AssertionConsumerService and no further requirements. */
export function relyingParty(entityId: string): RelyingParty {
  return {
    entityId,
    assertionConsumerServices: [{ url: `${entityId}/acs`, index: 0, isDefault: true, binding: Binding.post }],
    requestSigningCertificates: [],
    authnRequestsSigned: false,
    singleLogoutServices: [],
    nameIdFormats: [],
    wantAssertionsSigned: false,
  };
}

/** An application by its key: `wiki` is Wiki at https://wiki.example.com. */
export function application(key: string, change: Partial<NewApplication> = {}): NewApplication {
  return {
    key,
    displayName: key.charAt(0).toUpperCase() + key.slice(1),
    description: '',
    enabled: true,
    relyingParty: relyingParty(`https://${key}.example.com`),
    settings: DEFAULT_SETTINGS,
    ...change,
  };
}

export function addApplication(
  tenant: Tenant,
  key: string,
  change: Partial<NewApplication> = {},
): Promise<Application> {
  return tenant.run((work) => createApplication(work, tenant.ids, tenant.instance, application(key, change)));
}
