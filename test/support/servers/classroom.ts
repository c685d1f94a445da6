import { formOf, type Answer, type Browserless } from './browserless.ts';

/* Classes in the console, without a browser. */

/** What a card says. */
export interface ReadCard {
  readonly alias: string;
  readonly userName: string;
  readonly password: string;
  readonly usersPassword: string;
}

/** The cards of a sheet. */
export function cardsOf({ body }: Answer): ReadCard[] {
  return [...body.matchAll(/<li class="v-student-card">(.*?)<\/li>/gs)].map(([, card = '']) => {
    const [portal = '', , userName = '', password = ''] = [...card.matchAll(/<dd[^>]*>(.*?)<\/dd>/gs)].map(
      ([, text = '']) => text.replace(/<[^>]*>/g, ''),
    );
    const [, usersPassword = ''] = /v-card-users.*v-card-secret">([^<]*)</s.exec(card) ?? [];
    return { alias: new URL(portal).pathname.split('/')[1] ?? '', userName, password, usersPassword };
  });
}

/** Sends the form that has this field, as it is. */
export const pressed = (browser: Browserless, page: Answer, field: string): Promise<Answer> =>
  browser.submit(page, { [field]: formOf(page, '', [field]).fields[field] ?? '' });

/** The page of a class once nothing is done with it any more. */
export async function settledClass(browser: Browserless, path: string): Promise<Answer> {
  for (;;) {
    const page = await browser.get(path);
    if (!/data-progress(?!-)/.test(page.body)) return page;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
