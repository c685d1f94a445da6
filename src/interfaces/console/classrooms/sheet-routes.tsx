import { z } from 'zod';
import { MakeSheetPage } from '../../../../views/console/classrooms/make-sheet.tsx';
import { SheetPage } from '../../../../views/console/classrooms/sheet.tsx';
import { makeSheet, type Card } from '../../../administration/classroom/sheet.ts';
import { qrCodeOf } from '../../../domain/credentials/mfa/totp/qr-code.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import type { ClassroomId } from '../../../foundation/platform/ids.ts';
import { versionField } from '../frame/fields.ts';
import { operatorFrame } from '../operators/operator-frame.ts';
import type { Operator } from '../operators/operator.ts';
import { findTaught, operatorForm, operatorPage } from './handlers.ts';
import { asOperator, workNeeds, type ClassroomPageNeeds } from './needs.ts';
import { CLASSROOM_PATH, classroomParams, STUDENT_PATH, studentParams } from './paths.ts';

const form = z.object({ csrf: csrfField, sheets: versionField });

interface Taught {
  readonly classroom: ClassroomId;
  readonly student?: number | undefined;
}

/**
 * The sheet with the cards of a class, or of a student. It is the answer of the POST that makes the passwords, which are
 * stored nowhere: neither a later request nor another operator can show them again.
 */
export function sheetRoutes(needs: ClassroomPageNeeds): Mount {
  return (router) => {
    const mount = (path: string, params: z.ZodType<Taught>) => {
      router.get(
        `${path}/sheet`,
        operatorPage(needs, { params }, (ctx, operator, input) =>
          showQuestion(needs, ctx, operator, input.params),
        ),
      );
      router.post(
        `${path}/sheet`,
        operatorForm(needs, { params, form }, async (ctx, operator, { params: of, form: { sheets } }) => {
          const { classroom, student } = await findTaught(needs, of);
          const options = { number: student?.number, sheets };
          const made = makeSheet(workNeeds(needs, ctx), asOperator(ctx), classroom.id, options);
          const cards = await made.catch((error: unknown) => {
            if (error instanceof AppError && error.code === 'ConflictException') return error;
            throw error;
          });
          if (cards instanceof AppError) {
            ctx.status = 409;
            return showQuestion(needs, ctx, operator, of, cards.publicMessage);
          }
          const shown = await Promise.all(cards.map(withQrCode));
          needs.show(ctx, undefined, (page) => (
            <SheetPage
              frame={operatorFrame(ctx, operator)}
              {...{ page, cards: shown, id: classroom.id, className: classroom.name }}
            />
          ));
        }),
      );
    };
    mount(CLASSROOM_PATH, classroomParams);
    mount(STUDENT_PATH, studentParams);
  };
}

const withQrCode = async (card: Card) => ({ ...card, qrCode: await qrCodeOf(card.portalUrl) });

async function showQuestion(
  needs: ClassroomPageNeeds,
  ctx: Ctx,
  operator: Operator,
  of: Taught,
  problem?: string,
): Promise<void> {
  const { classroom, student } = await findTaught(needs, of);
  needs.show(ctx, undefined, (page) => (
    <MakeSheetPage
      frame={operatorFrame(ctx, operator)}
      {...{ page, problem, id: classroom.id, className: classroom.name, sheets: classroom.sheets }}
      student={student && { number: student.number, name: student.name }}
    />
  ));
}
