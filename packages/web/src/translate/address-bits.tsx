import { addressParts, addressText } from "./address-parts.ts";
import type { AskedPage } from "./asked-page.ts";

/** The address in bits, as four levels of tables use them. */
export function AddressBits({ asked: { virtualPage: page, offset } }: { readonly asked: AskedPage }) {
  return (
    <div class="address-whole">
      <p>
        <code>{addressText({ page, offset })}</code> is virtual page <strong>{page}</strong>, offset {offset}: a page has 4 KiB, so the last
        12 bits are the place within it, and each level of the tables is indexed by 9 bits of the page number.
      </p>
      <div class="table-frame">
        <table class="address-bits">
          <caption class="visually-hidden">The address in parts</caption>
          <thead>
            <tr>
              {addressParts({ page, offset }).map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              {addressParts({ page, offset }).map(({ name, value, bits }) => (
                <td key={name}>
                  <code>{bits}</code>
                  <br />
                  <span class="faint">{value}</span>
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
    </div>
  );
}
