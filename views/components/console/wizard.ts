/* What a wizard is described by; wizard.tsx shows a step, wizard-review.tsx the last one. */

export interface WizardStep {
  /** The value of `step` in the form's data. */
  readonly id: string;
  readonly label: string;
}

/** One answer in the review. */
export interface ReviewedAnswer {
  readonly label: string;
  /** As text. */
  readonly value: string;
  /** A password is not shown. */
  readonly secret?: boolean | undefined;
}

/** The answers of one step. */
export interface ReviewedStep {
  readonly step: WizardStep;
  readonly answers: readonly ReviewedAnswer[];
}
