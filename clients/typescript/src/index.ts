export { type Auth, MemoryStore, type Session, type SignIn, type Store } from './auth.js';
export {
  type ArtistHub,
  type ClientOptions,
  change,
  createClient,
  etagOf,
  type OperationId,
  type UploadOptions,
} from './client.js';
export {
  ArtistHubError,
  type ClientCode,
  type ErrorCode,
  type FieldError,
  isArtistHubError,
} from './errors.js';
export type * from './generated.js';
export type { HostedPage, HostedScreen, HostedSignIn } from './hosted.js';
export { type CallOptions, type Page, Pages, type Versioned } from './types.js';
