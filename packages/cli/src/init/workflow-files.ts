/** The GitHub Actions workflow of a new project: what `npm test` and its like find, and the deploy gate where a server is known. docs/gate.md shows the same, held by a test. */
export const WORKFLOW = `name: check
on:
  push: { branches: [main] }
  pull_request:
jobs:
  check:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      pull-requests: write
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22, cache: npm }
      - run: npm ci
      - run: npm run lint
      - run: npm run typecheck
      - run: npm run check
      - run: npm test
      # Calls in progress, and past ones, on this code. Needs the variable HOOKSWITCH_URL (the server) and the secret HOOKSWITCH_READ_TOKEN (a token with the role read).
      - if: vars.HOOKSWITCH_URL != ''
        run: npx hookswitch gate --from "\${{ vars.HOOKSWITCH_URL }}" --markdown gate.md
        env:
          HOOKSWITCH_API_TOKEN: \${{ secrets.HOOKSWITCH_READ_TOKEN }}
      - if: always() && github.event_name == 'pull_request' && hashFiles('gate.md') != ''
        run: gh pr comment "\${{ github.event.number }}" --edit-last --create-if-none --body-file gate.md
        env:
          GH_TOKEN: \${{ github.token }}
`;

/** Where GitHub looks for it. */
export const WORKFLOW_FILE = '.github/workflows/check.yml';
