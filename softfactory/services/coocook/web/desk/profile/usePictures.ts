import { useMutation, useQueryClient } from "@tanstack/react-query";
import { keepOwn, ownNow, refreshOwn } from "../queries";
import { type Arrangement, arrange, arrangementOf, withPictures } from "./arrangement";

/** Change where pictures stand: seen at once, saved one change after another, taken back when it is refused. */
export function usePictures(chefId: string) {
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: (wanted: Arrangement) => arrange(chefId, wanted),
    scope: { id: "coocook-pictures" },
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["coocook", "chef"] }),
        client.invalidateQueries({ queryKey: ["coocook", "chefs"] }),
      ]),
    onError: () => refreshOwn(client),
  });
  /** `change` is given what stands now, so that two changes at once do not undo one another. */
  const change = async (of: (now: Arrangement) => Arrangement): Promise<void> => {
    const own = ownNow(client);
    if (!own) return;
    const wanted = of(arrangementOf(own));
    keepOwn(client, withPictures(own, wanted));
    await saving.mutateAsync(wanted);
  };
  return { change, saving: saving.isPending };
}
