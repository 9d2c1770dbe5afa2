/** Tells the workers which process is the jest that they belong to. */
export default function setUp(): void {
  process.env.E2E_JEST = String(process.pid);
}
