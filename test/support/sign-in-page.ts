/** Signs in on the store's page, as a person does; gives the address the browser is sent back to. */
export async function signInOnPage(address: string): Promise<string> {
  const page = await (await fetch(address)).text();
  const fields = new URLSearchParams();
  for (const [, name = '', value = ''] of page.matchAll(/name="(\w+)" value="([^"]*)"/g)) {
    fields.set(
      name,
      value.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))),
    );
  }
  const answer = await fetch(new URL('/signin/oauth', address), {
    method: 'POST',
    body: fields,
    redirect: 'manual',
  });
  return answer.headers.get('location') ?? '';
}
