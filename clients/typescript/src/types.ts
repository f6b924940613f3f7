/** What every call takes. */
export interface CallOptions {
  /** Ends the call early. */
  signal?: AbortSignal;
}

/** A resource with a version. */
export interface Versioned {
  version: number;
}

export interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** What a page lists. */
export type ItemOf<P> = P extends Page<infer Item> ? Item : never;

/**
 * A list. `await` reads its first page; `for await` reads every item, page by page.
 *
 * ```ts
 * const { items, next } = await api.searchCastings({ city: ['Kochi'] });
 * for await (const casting of api.searchCastings({ city: ['Kochi'] })) console.log(casting.title);
 * ```
 */
export class Pages<P extends Page<unknown>> implements Promise<P>, AsyncIterable<ItemOf<P>> {
  readonly #read: (cursor?: string) => Promise<P>;
  #first: Promise<P> | undefined;

  constructor(read: (cursor?: string) => Promise<P>) {
    this.#read = read;
  }

  get [Symbol.toStringTag](): string {
    return 'Pages';
  }

  // biome-ignore lint/suspicious/noThenProperty: a list is awaited for its first page.
  then<Found = P, Failed = never>(
    found?: ((page: P) => Found | PromiseLike<Found>) | null,
    failed?: ((error: unknown) => Failed | PromiseLike<Failed>) | null
  ): Promise<Found | Failed> {
    // As with any promise, whoever awaits it again gets the same result.
    this.#first ??= this.#read();
    return this.#first.then(found, failed);
  }

  catch<Failed = never>(
    failed?: ((error: unknown) => Failed | PromiseLike<Failed>) | null
  ): Promise<P | Failed> {
    return this.then(null, failed);
  }

  finally(done?: (() => void) | null): Promise<P> {
    return this.then().finally(done);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ItemOf<P>, void, undefined> {
    for await (const page of this.pages()) yield* page.items as ItemOf<P>[];
  }

  /** Every page. A page may have no items and still have a next one. */
  async *pages(): AsyncGenerator<P, void, undefined> {
    let cursor: string | undefined;
    do {
      const page = await this.#read(cursor);
      yield page;
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
  }

  /** At most this many items. */
  async take(count: number): Promise<ItemOf<P>[]> {
    const taken: ItemOf<P>[] = [];
    if (count < 1) return taken;
    for await (const item of this) {
      if (taken.push(item) >= count) break;
    }
    return taken;
  }
}
