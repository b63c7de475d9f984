import { json } from '../../src-main/demo/http-messages.ts';
import type { DemoStore } from '../../src-main/demo/store.ts';

/** A second person at a store. */
export const BO = { id: '1000002', name: 'Bo Bergman', country: 'SE', plan: 'Studio' } as const;

/** A token of {@link BO}, who bought what everybody at the store bought. */
export function secondAccount(store: DemoStore): string {
  const token = store.issueToken();
  const user = {
    id: Number(BO.id),
    login: 'bo',
    email: 'bo@demo.invalid',
    display_name: BO.name,
    country_code: BO.country,
    credential: { parameters: { label: BO.plan } },
  };
  store.faults.add({
    intercept(call) {
      if (call.headers['x-user-auth-token'] !== token) return null;
      if (call.path === 'user/login') return json({ user_auth_token: token, user });
      return call.path === 'user/get' ? json(user) : null;
    },
  });
  return token;
}
