/** Something for each VM, by its number from 1; made when it is first asked for. */
export class PerVm<Item> {
  readonly items: Item[];
  readonly #make: () => Item;

  constructor(make: () => Item, items: readonly Item[] = []) {
    this.#make = make;
    this.items = [...items];
  }

  of(vm: number): Item {
    return this.items.length < vm ? this.#grow(vm) : this.items[vm - 1];
  }

  #grow(vm: number): Item {
    while (this.items.length < vm) this.items.push(this.#make());
    return this.items[vm - 1];
  }
}
