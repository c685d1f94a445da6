import { auditModule } from '../domain/audit/module.ts';
import { certificatesModule } from '../domain/certificates/module.ts';
import { mfaModule } from '../domain/credentials/mfa/module.ts';
import { passwordsModule } from '../domain/credentials/passwords/module.ts';
import { operatorsModule } from '../domain/operators/module.ts';
import { mailModule } from '../domain/mail/module.ts';
import { sessionsModule } from '../domain/sessions/module.ts';
import type { IdpNeeds } from '../flows/idp/application-visit.ts';
import { idpModule } from '../flows/idp/module.ts';
import type { SignInNeeds } from '../flows/signin/load-sign-in.ts';
import { signInModule } from '../flows/signin/module.ts';
import type { AddressNeeds } from '../flows/visit/address-routes.tsx';
import type { FeatureModule } from '../flows/visit/feature-module.ts';
import { visitModule } from '../flows/visit/module.ts';
import { consoleModule } from '../interfaces/console/module.ts';
import { operatorPagesModule } from '../interfaces/console/operators/module.ts';
import type { ConsoleNeeds } from '../interfaces/console/frame/console-visit.ts';
import { controlApiModule, type ControlModuleNeeds } from '../interfaces/control-api/module.ts';
import { portalModule } from '../interfaces/portal/module.ts';
import type { PortalNeeds } from '../interfaces/portal/signed-in.ts';
import { samplesModule } from '../lab/samples/module.ts';
import type { SampleNeeds } from '../lab/samples/sample-visit.ts';

/** What the modules need, all together. */
export type ModuleNeeds = SampleNeeds &
  IdpNeeds &
  SignInNeeds &
  PortalNeeds &
  AddressNeeds &
  ControlModuleNeeds &
  ConsoleNeeds;

/**
 * Every feature that gives the server something. `app.ts` mounts their routes in this order, and `maintenance.ts` runs
 * their trims in this order.
 */
export const modules: readonly FeatureModule<ModuleNeeds>[] = [
  auditModule,
  mailModule,
  sessionsModule,
  operatorsModule,
  passwordsModule,
  mfaModule,
  certificatesModule,
  samplesModule,
  idpModule,
  signInModule,
  portalModule,
  visitModule,
  controlApiModule,
  operatorPagesModule,
  consoleModule,
];
